package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CopyOption.FileFormat;
import io.redward.leader.sql.ast.CopyOption.Flag;
import io.redward.leader.sql.ast.CopyOption.FlagOption;
import io.redward.leader.sql.ast.CopyOption.FormatOption;
import io.redward.leader.sql.ast.CopyOption.TextOption;
import io.redward.leader.sql.ast.CopyOption.TextParameter;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The options of COPY FROM STDIN and TO STDOUT, which are PostgreSQL's, in both of its notations:
/// `WITH (FORMAT csv, HEADER true)` and `WITH CSV HEADER`.
final class PostgresCopyOptions {
  private final TokenCursor cursor;
  private final NameParser names;

  PostgresCopyOptions(TokenCursor cursor, NameParser names) {
    this.cursor = cursor;
    this.names = names;
  }

  /// The query that gives a table's columns.
  static Query rowsOf(QualifiedName table, List<Identifier> columns, int position) {
    List<SelectItem> items = new ArrayList<>();
    for (Identifier column : columns) {
      items.add(
          new SelectItem(new Expr.ColumnRef(new QualifiedName(List.of(column))), Optional.empty()));
    }
    if (items.isEmpty()) {
      items.add(
          new SelectItem(
              new Expr.StarExpr(Optional.empty(), List.of(), position), Optional.empty()));
    }
    return Query.of(
        QueryBody.SelectQuery.of(
            items,
            List.of(new TableRef.NamedTable(table, Optional.empty())),
            Optional.empty(),
            position));
  }

  List<CopyOption> options() {
    List<CopyOption> options = new ArrayList<>();
    cursor.acceptWord("with");
    if (cursor.accept(TokenKind.LEFT_PAREN)) {
      do {
        option(options);
      } while (cursor.accept(TokenKind.COMMA));
      cursor.expect(TokenKind.RIGHT_PAREN);
    } else {
      while (!cursor.at(TokenKind.END) && !cursor.at(TokenKind.SEMICOLON)) {
        option(options);
      }
    }
    return options;
  }

  private void option(List<CopyOption> options) {
    Token word = cursor.expect(TokenKind.WORD);
    int position = word.position();
    switch (word.text()) {
      case "format" -> options.add(format(names.label().name(), position));
      case "csv" -> options.add(new FormatOption(FileFormat.CSV, Optional.empty(), position));
      case "header" -> {
        boolean wanted = true;
        if (cursor.atAnyWord("true", "false", "on", "off")) {
          wanted = names.onOrOff();
        }
        if (wanted) {
          options.add(new FlagOption(Flag.HEADER, position));
        }
      }
      case "delimiter" -> options.add(text(TextParameter.DELIMITER, position));
      case "null" -> options.add(text(TextParameter.NULL_AS, position));
      case "quote" -> options.add(text(TextParameter.QUOTE, position));
      case "encoding" -> options.add(text(TextParameter.ENCODING, position));
      case "escape" -> text(TextParameter.QUOTE, position);
      default -> throw cursor.syntaxErrorAtLast();
    }
  }

  private CopyOption format(String name, int position) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "text" -> new FormatOption(FileFormat.DELIMITED, Optional.empty(), position);
      case "csv" -> new FormatOption(FileFormat.CSV, Optional.empty(), position);
      default -> throw cursor.syntaxErrorAtLast();
    };
  }

  private CopyOption text(TextParameter parameter, int position) {
    cursor.acceptWord("as");
    return new TextOption(parameter, names.string(), position);
  }
}
