package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement.ConstraintElement;
import io.redward.leader.sql.ast.TableStatement.CreateTableAsStatement;
import io.redward.leader.sql.ast.TableStatement.CreateTableStatement;
import io.redward.leader.sql.ast.TableStatement.DistStyle;
import io.redward.leader.sql.ast.TableStatement.LikeElement;
import io.redward.leader.sql.ast.TableStatement.Reference;
import io.redward.leader.sql.ast.TableStatement.SortKey;
import io.redward.leader.sql.ast.TableStatement.SortKeyKind;
import io.redward.leader.sql.ast.TableStatement.TableAttributes;
import io.redward.leader.sql.ast.TableStatement.TableConstraint;
import io.redward.leader.sql.ast.TableStatement.TableElement;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.List;
import java.util.Optional;

/// CREATE TABLE in both forms, and the table attributes that materialized views share.
final class TableParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  TableParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement createTable(int position) {
    cursor.acceptWord("local");
    boolean temporary = cursor.acceptWord("temp") || cursor.acceptWord("temporary");
    if (temporary && cursor.atAnyWord("view", "procedure", "function")) {
      throw cursor.syntaxError();
    }
    cursor.expectWord("table");
    boolean ifNotExists = names.ifNotExists();
    QualifiedName name = names.qualifiedName();
    temporary |= name.last().name().startsWith("#");
    if (!temporary && cursor.acceptWord("clone")) {
      return new SnapshotParser(grammar).cloneTable(name, ifNotExists, position);
    }
    boolean elementsFollow = cursor.at(TokenKind.LEFT_PAREN) && !atColumnNames();
    List<TableElement> elements = elementsFollow ? names.parenthesised(this::element) : List.of();
    List<Identifier> columns =
        elementsFollow ? List.of() : names.optionalParenthesised(names::name);
    TableAttributes attributes = TableAttributes.NONE;
    Optional<Boolean> backup = Optional.empty();
    while (!cursor.atWord("as")
        && !cursor.at(TokenKind.END)
        && !cursor.at(TokenKind.SEMICOLON)
        && !cursor.atAnyWord("create", "grant")) {
      if (cursor.acceptWord("backup")) {
        backup = Optional.of(names.onOrOff());
      } else {
        attributes = attribute(attributes);
      }
    }
    if (elementsFollow) {
      return new CreateTableStatement(
          name, temporary, ifNotExists, elements, attributes, backup, position);
    }
    cursor.expectWord("as");
    Query query = grammar.queries.query();
    return new CreateTableAsStatement(
        name, temporary, ifNotExists, columns, attributes, backup, query, position);
  }

  /// A list of bare names, as CREATE TABLE … AS has it, rather than of definitions.
  private boolean atColumnNames() {
    Token second = cursor.peek(2);
    return second.is(TokenKind.COMMA) || second.is(TokenKind.RIGHT_PAREN);
  }

  // -- elements

  private TableElement element() {
    int position = cursor.position();
    if (cursor.acceptWord("like")) {
      return like(position);
    }
    if (atConstraint()) {
      return new ConstraintElement(constraint(), position);
    }
    return new ColumnParser(grammar).column();
  }

  private TableElement like(int position) {
    QualifiedName parent = names.qualifiedName();
    boolean including = false;
    while (cursor.atAnyWord("including", "excluding")) {
      including = cursor.next().text().equals("including");
      if (!cursor.acceptWord("all")) {
        cursor.expectWord("defaults");
      }
    }
    return new LikeElement(parent, including, position);
  }

  /// A constraint over the table.
  TableConstraint constraint() {
    Optional<Identifier> name =
        cursor.acceptWord("constraint") ? Optional.of(names.name()) : Optional.empty();
    if (cursor.acceptWord("unique")) {
      List<Identifier> columns = names.parenthesised(names::name);
      return new TableConstraint.Unique(name, columns, enforced(false));
    }
    if (cursor.acceptWord("primary")) {
      cursor.expectWord("key");
      List<Identifier> columns = names.parenthesised(names::name);
      return new TableConstraint.PrimaryKey(name, columns, enforced(false));
    }
    if (cursor.acceptWord("check")) {
      return new TableConstraint.Check(name, condition(), enforced(true));
    }
    cursor.expectWords("foreign", "key");
    List<Identifier> columns = names.parenthesised(names::name);
    cursor.expectWord("references");
    Reference reference = reference();
    return new TableConstraint.ForeignKey(name, columns, reference, enforced(false));
  }

  /// Whether a constraint stands here rather than a column; CHECK may be a column's name.
  boolean atConstraint() {
    return cursor.atAnyWord("constraint", "unique", "primary", "foreign")
        || cursor.atWord("check") && cursor.peek(1).is(TokenKind.LEFT_PAREN);
  }

  /// What stands behind CHECK.
  Expr condition() {
    cursor.expect(TokenKind.LEFT_PAREN);
    Expr condition = grammar.expressions.expression();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return condition;
  }

  /// `[NOT] ENFORCED`, if it is there.
  boolean enforced(boolean otherwise) {
    if (cursor.acceptWords("not", "enforced")) {
      return false;
    }
    return cursor.acceptWord("enforced") || otherwise;
  }

  /// What stands behind REFERENCES.
  Reference reference() {
    QualifiedName table = names.qualifiedName();
    return new Reference(table, names.optionalParenthesised(names::name));
  }

  // -- attributes

  /// Adds one attribute of the table to those read before.
  TableAttributes attribute(TableAttributes before) {
    Optional<DistStyle> style = before.distStyle();
    Optional<Identifier> distKey = before.distKey();
    Optional<SortKey> sort = before.sort();
    boolean encodeAuto = before.encodeAuto();
    if (cursor.acceptWord("diststyle")) {
      style = Optional.of(distStyle());
    } else if (cursor.acceptWord("distkey")) {
      distKey = Optional.of(oneColumn());
    } else if (cursor.acceptWords("encode", "auto")) {
      encodeAuto = true;
    } else {
      sort = Optional.of(sortKey());
    }
    return new TableAttributes(style, distKey, sort, encodeAuto);
  }

  DistStyle distStyle() {
    if (cursor.acceptWord("auto")) {
      return DistStyle.AUTO;
    }
    if (cursor.acceptWord("even")) {
      return DistStyle.EVEN;
    }
    if (cursor.acceptWord("key")) {
      return DistStyle.KEY;
    }
    cursor.expectWord("all");
    return DistStyle.ALL;
  }

  /// `(column)`, or without the parentheses.
  private Identifier oneColumn() {
    if (!cursor.accept(TokenKind.LEFT_PAREN)) {
      return names.name();
    }
    Identifier column = keyColumn();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return column;
  }

  /// A column, or in CREATE TABLE … AS its number, which then stands for a name.
  private Identifier keyColumn() {
    return cursor.at(TokenKind.NUMBER) ? NameParser.identifier(cursor.next()) : names.name();
  }

  /// `[COMPOUND | INTERLEAVED] SORTKEY (column, …)`, `SORTKEY AUTO`, `SORTKEY NONE`.
  SortKey sortKey() {
    SortKeyKind kind = SortKeyKind.COMPOUND;
    if (cursor.acceptWord("interleaved")) {
      kind = SortKeyKind.INTERLEAVED;
    } else {
      cursor.acceptWord("compound");
    }
    cursor.expectWord("sortkey");
    if (cursor.at(TokenKind.LEFT_PAREN)) {
      return new SortKey(kind, names.parenthesised(this::keyColumn));
    }
    if (cursor.acceptWord("auto")) {
      return new SortKey(SortKeyKind.AUTO, List.of());
    }
    if (cursor.acceptWord("none")) {
      return new SortKey(SortKeyKind.NONE, List.of());
    }
    return new SortKey(kind, List.of(names.name()));
  }
}
