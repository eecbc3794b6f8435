package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.TableStatement.ColumnAttributes;
import io.redward.leader.sql.ast.TableStatement.ColumnDefinition;
import io.redward.leader.sql.ast.TableStatement.Identity;
import io.redward.leader.sql.ast.TableStatement.Reference;
import io.redward.leader.sql.ast.TableStatement.TableConstraint;
import io.redward.leader.sql.ast.TypeName;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One column of CREATE TABLE or ALTER TABLE ADD, gathering its attributes in any order.
final class ColumnParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  private Optional<Boolean> nullable = Optional.empty();
  private Optional<Expr> defaultValue = Optional.empty();
  private Optional<Identity> identity = Optional.empty();
  private Optional<String> encoding = Optional.empty();
  private Optional<Reference> references = Optional.empty();
  private Optional<Boolean> caseSensitive = Optional.empty();
  private boolean distKey;
  private boolean sortKey;
  private final List<TableConstraint> constraints = new ArrayList<>();
  private Optional<Identifier> column = Optional.empty();
  private boolean primaryKey;
  private boolean unique;

  ColumnParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  ColumnDefinition column() {
    Identifier name = names.name();
    column = Optional.of(name);
    TypeName type = grammar.types.typeName();
    while (attribute()) {
      // Each call takes one.
    }
    ColumnAttributes attributes =
        new ColumnAttributes(
            nullable,
            defaultValue,
            identity,
            encoding,
            distKey,
            sortKey,
            primaryKey,
            unique,
            references,
            caseSensitive,
            constraints);
    return new ColumnDefinition(name, type, attributes, name.position());
  }

  /// Takes an attribute; false if none stands here.
  private boolean attribute() {
    if (cursor.acceptWord("default")) {
      defaultValue = Optional.of(grammar.expressions.columnDefault());
    } else if (cursor.acceptWord("identity")) {
      identity = Optional.of(identity(false));
    } else if (cursor.acceptWords("generated", "by")) {
      cursor.expectWords("default", "as", "identity");
      identity = Optional.of(identity(true));
    } else if (cursor.acceptWord("encode")) {
      encoding = Optional.of(encodingName(cursor, names));
    } else if (cursor.acceptWord("distkey")) {
      distKey = true;
    } else if (cursor.acceptWord("sortkey")) {
      sortKey = true;
    } else if (cursor.acceptWord("collate")) {
      caseSensitive = Optional.of(caseSensitive(cursor));
    } else {
      return constraint(Optional.empty());
    }
    return true;
  }

  private boolean constraint(Optional<Identifier> name) {
    if (cursor.acceptWord("constraint")) {
      if (!constraint(Optional.of(names.name()))) {
        throw cursor.syntaxError();
      }
      return true;
    }
    TableParser table = new TableParser(grammar);
    List<Identifier> columns = List.of(column.orElseThrow());
    if (cursor.acceptWords("not", "null")) {
      nullable = Optional.of(false);
    } else if (cursor.acceptWord("null")) {
      nullable = Optional.of(true);
    } else if (cursor.acceptWord("unique")) {
      boolean enforced = table.enforced(false);
      if (enforced || name.isPresent()) {
        constraints.add(new TableConstraint.Unique(name, columns, enforced));
      } else {
        unique = true;
      }
    } else if (cursor.acceptWord("check")) {
      constraints.add(new TableConstraint.Check(name, table.condition(), table.enforced(true)));
    } else if (cursor.acceptWord("primary")) {
      cursor.expectWord("key");
      boolean enforced = table.enforced(false);
      if (enforced || name.isPresent()) {
        nullable = Optional.of(false);
        constraints.add(new TableConstraint.PrimaryKey(name, columns, enforced));
      } else {
        primaryKey = true;
      }
    } else if (cursor.acceptWord("references")) {
      Reference target = table.reference();
      boolean enforced = table.enforced(false);
      if (enforced || name.isPresent()) {
        constraints.add(new TableConstraint.ForeignKey(name, columns, target, enforced));
      } else {
        references = Optional.of(target);
      }
    } else {
      return false;
    }
    return true;
  }

  private Identity identity(boolean byDefault) {
    if (!cursor.at(TokenKind.LEFT_PAREN)) {
      return new Identity(1, 1, byDefault);
    }
    cursor.expect(TokenKind.LEFT_PAREN);
    long seed = names.signedLong();
    cursor.expect(TokenKind.COMMA);
    long step = names.signedLong();
    cursor.expect(TokenKind.RIGHT_PAREN);
    return new Identity(seed, step, byDefault);
  }

  /// The name of an encoding, in lower case; it may be quoted.
  static String encodingName(TokenCursor cursor, NameParser names) {
    return cursor.at(TokenKind.STRING)
        ? names.string().toLowerCase(Locale.ROOT)
        : names.label().name();
  }

  /// CASE_SENSITIVE or CASE_INSENSITIVE (or CS, CI).
  static boolean caseSensitive(TokenCursor cursor) {
    if (cursor.acceptWord("case_sensitive") || cursor.acceptWord("cs")) {
      return true;
    }
    if (cursor.acceptWord("case_insensitive") || cursor.acceptWord("ci")) {
      return false;
    }
    throw cursor.syntaxError();
  }
}
