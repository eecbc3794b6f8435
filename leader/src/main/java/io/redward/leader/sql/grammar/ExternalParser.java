package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.ExternalStatement.AlterExternalSchemaStatement;
import io.redward.leader.sql.ast.ExternalStatement.CreateExternalSchemaStatement;
import io.redward.leader.sql.ast.ExternalStatement.CreateExternalTableStatement;
import io.redward.leader.sql.ast.ExternalStatement.ExternalColumn;
import io.redward.leader.sql.ast.ExternalStatement.Property;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.RoutineStatement.NamedOption;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TypeName;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// External schemas, tables and models.
final class ExternalParser {
  private static final Set<String> SCHEMA_WORDS =
      Set.of(
          "database",
          "schema",
          "region",
          "uri",
          "port",
          "iam_role",
          "secret_arn",
          "authentication",
          "authentication_arn",
          "cluster_arn",
          "catalog_role",
          "catalog_id",
          "create");
  private static final Set<String> ROW_FORMAT_WORDS =
      Set.of("delimited", "serde", "fields", "lines", "with", "collection", "map", "escaped");
  private static final Set<String> AFTER_ROW_FORMAT =
      Set.of("stored", "location", "table", "as", "partitioned");

  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  ExternalParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  /// CREATE EXTERNAL …, the cursor at EXTERNAL.
  Statement create(int position) {
    cursor.expectWord("external");
    if (cursor.acceptWord("schema")) {
      return schema(position);
    }
    if (cursor.acceptWord("model")) {
      return new RoutineParser(grammar).createModel(true, position);
    }
    cursor.expectWord("table");
    return table(position);
  }

  private Statement schema(int position) {
    boolean ifNotExists = names.ifNotExists();
    QualifiedName name = names.qualifiedName();
    cursor.expectWord("from");
    // DATA CATALOG goes without saying.
    String source =
        SCHEMA_WORDS.contains(cursor.peek().text()) ? "data catalog" : names.label().name();
    if (source.equals("data")) {
      cursor.expectWord("catalog");
      source = "data catalog";
    } else if (source.equals("hive")) {
      cursor.expectWord("metastore");
      source = "hive metastore";
    }
    List<NamedOption> options = new ClauseParser(cursor).clauses(SCHEMA_WORDS, Set.of());
    return new CreateExternalSchemaStatement(name, ifNotExists, source, options, position);
  }

  Statement alterSchema(int position) {
    QualifiedName name = names.qualifiedName();
    Token word = cursor.peek();
    String clause = new ClauseParser(cursor).rest();
    return new AlterExternalSchemaStatement(
        name,
        List.of(new NamedOption(word.text(), Optional.of(clause), word.position())),
        position);
  }

  private Statement table(int position) {
    boolean ifNotExists = names.ifNotExists();
    QualifiedName name = names.qualifiedName();
    List<ExternalColumn> columns = names.optionalParenthesised(this::column);
    List<ExternalColumn> partitionedBy = List.of();
    List<NamedOption> rowFormat = List.of();
    List<Property> properties = List.of();
    String storedAs = "";
    String location = "";
    Optional<Query> query = Optional.empty();
    while (!cursor.at(TokenKind.END) && !cursor.at(TokenKind.SEMICOLON)) {
      if (cursor.acceptWords("partitioned", "by")) {
        partitionedBy = names.parenthesised(this::column);
      } else if (cursor.acceptWords("row", "format")) {
        rowFormat = new ClauseParser(cursor).clauses(ROW_FORMAT_WORDS, AFTER_ROW_FORMAT);
      } else if (cursor.acceptWords("stored", "as")) {
        storedAs = fileFormat();
      } else if (cursor.acceptWord("location")) {
        location = names.string();
      } else if (cursor.acceptWords("table", "properties")) {
        properties = properties();
      } else {
        cursor.expectWord("as");
        query = Optional.of(grammar.queries.query());
      }
    }
    return new CreateExternalTableStatement(
        name,
        ifNotExists,
        columns,
        partitionedBy,
        rowFormat,
        storedAs,
        location,
        properties,
        query,
        position);
  }

  /// `name [type]`; without a type in PARTITIONED BY of CREATE … AS.
  private ExternalColumn column() {
    Identifier name = names.name();
    if (cursor.at(TokenKind.COMMA) || cursor.at(TokenKind.RIGHT_PAREN)) {
      return new ExternalColumn(name, Optional.empty());
    }
    TypeName type = grammar.types.typeName();
    return new ExternalColumn(name, Optional.of(type));
  }

  /// A word such as PARQUET, or `INPUTFORMAT 'class' OUTPUTFORMAT 'class'`.
  private String fileFormat() {
    if (!cursor.acceptWord("inputformat")) {
      return names.label().name();
    }
    String input = names.string();
    cursor.expectWord("outputformat");
    return input + "," + names.string();
  }

  /// `( 'name' = 'value', … )`.
  List<Property> properties() {
    return names.parenthesised(this::property);
  }

  private Property property() {
    String name = names.string();
    cursor.expectOperator("=");
    Token value = cursor.at(TokenKind.NUMBER) ? cursor.next() : cursor.expect(TokenKind.STRING);
    return new Property(name, value.text());
  }
}
