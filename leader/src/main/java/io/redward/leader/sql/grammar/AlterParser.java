package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.AccessStatement.AlterGroupStatement;
import io.redward.leader.sql.ast.AccessStatement.AlterRoleStatement;
import io.redward.leader.sql.ast.ExternalStatement.AlterDatashareStatement;
import io.redward.leader.sql.ast.ExternalStatement.DatashareChange;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.ObjectStatement.AlterMaterializedViewStatement;
import io.redward.leader.sql.ast.ObjectStatement.AlterSchemaStatement;
import io.redward.leader.sql.ast.ObjectStatement.ObjectKind;
import io.redward.leader.sql.ast.ObjectStatement.SchemaChange;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.RoutineStatement.AlterRoutineStatement;
import io.redward.leader.sql.ast.RoutineStatement.RoutineSignature;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.List;
import java.util.Optional;

/// ALTER of anything: hands on by the word for the kind, and does the small ones itself.
final class AlterParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  AlterParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement alter() {
    int position = cursor.expectWord("alter").position();
    if (cursor.acceptWord("table")) {
      return new AlterTableParser(grammar).alterTable(position);
    }
    if (cursor.acceptWord("view")) {
      return new AlterTableParser(grammar).alterTable(position);
    }
    if (cursor.acceptWords("materialized", "view")) {
      return materializedView(position);
    }
    if (cursor.acceptWord("schema")) {
      return schema(position);
    }
    if (cursor.acceptWord("database")) {
      return new DatabaseParser(grammar).alter(position);
    }
    if (cursor.acceptWord("user")) {
      return new UserParser(grammar).alterUser(position);
    }
    if (cursor.acceptWord("group")) {
      return group(position);
    }
    if (cursor.acceptWord("role")) {
      return role(position);
    }
    if (cursor.acceptWords("default", "privileges")) {
      return new GrantParser(grammar).alterDefaultPrivileges(position);
    }
    if (cursor.acceptWord("datashare")) {
      return datashare(position);
    }
    if (cursor.acceptWord("external")) {
      cursor.expectWord("schema");
      return new ExternalParser(grammar).alterSchema(position);
    }
    if (cursor.acceptWord("procedure")) {
      return routine(ObjectKind.PROCEDURE, position);
    }
    if (cursor.acceptWord("function")) {
      return routine(ObjectKind.FUNCTION, position);
    }
    return new PolicyParser(grammar).alter(position);
  }

  private Statement materializedView(int position) {
    QualifiedName name = names.qualifiedName();
    if (cursor.acceptWords("auto", "refresh")) {
      return new AlterMaterializedViewStatement(
          name, Optional.of(names.onOrOff()), List.of(), position);
    }
    return new AlterMaterializedViewStatement(
        name, Optional.empty(), new AlterTableParser(grammar).actions(), position);
  }

  private Statement schema(int position) {
    QualifiedName name = names.qualifiedName();
    SchemaChange change;
    if (cursor.acceptWords("rename", "to")) {
      change = new SchemaChange.RenameSchema(names.name());
    } else if (cursor.acceptWords("owner", "to")) {
      change = new SchemaChange.ChangeSchemaOwner(owner());
    } else {
      cursor.expectWord("quota");
      change = new SchemaChange.ChangeQuota(new CreateParser(grammar).quota());
    }
    return new AlterSchemaStatement(name, change, position);
  }

  /// A user, or CURRENT_USER or SESSION_USER.
  private Identifier owner() {
    return cursor.atAnyWord("current_user", "session_user") ? names.label() : names.principal();
  }

  private Statement group(int position) {
    Identifier name = names.principal();
    List<Identifier> added = List.of();
    List<Identifier> dropped = List.of();
    Optional<Identifier> newName = Optional.empty();
    if (cursor.acceptWords("add", "user")) {
      added = names.list(names::name);
    } else if (cursor.acceptWords("drop", "user")) {
      dropped = names.list(names::name);
    } else {
      cursor.expectWords("rename", "to");
      newName = Optional.of(names.name());
    }
    return new AlterGroupStatement(name, added, dropped, newName, position);
  }

  private Statement role(int position) {
    Identifier name = names.principal();
    cursor.acceptWord("with");
    Optional<Identifier> newName = Optional.empty();
    Optional<Identifier> newOwner = Optional.empty();
    Optional<String> externalId = Optional.empty();
    do {
      if (cursor.acceptWords("rename", "to")) {
        newName = Optional.of(names.name());
      } else if (cursor.acceptWords("owner", "to")) {
        newOwner = Optional.of(owner());
      } else {
        cursor.expectWord("externalid");
        cursor.acceptWord("to");
        externalId =
            Optional.of(cursor.at(TokenKind.STRING) ? names.string() : names.label().name());
      }
      cursor.accept(TokenKind.COMMA);
    } while (!cursor.at(TokenKind.END) && !cursor.at(TokenKind.SEMICOLON));
    return new AlterRoleStatement(name, newName, newOwner, externalId, position);
  }

  private Statement datashare(int position) {
    Identifier name = names.name();
    DatashareChange change;
    if (cursor.atAnyWord("add", "remove")) {
      boolean add = cursor.next().text().equals("add");
      change = new DatashareChange.ChangeObjects(add, new GrantParser(grammar).objects());
    } else {
      cursor.expectWord("set");
      change = datashareSetting();
    }
    return new AlterDatashareStatement(name, change, position);
  }

  private DatashareChange datashareSetting() {
    if (cursor.acceptWord("publicaccessible")) {
      cursor.acceptOperator("=");
      return new DatashareChange.SetPublicAccessible(names.onOrOff());
    }
    cursor.expectWord("includenew");
    cursor.acceptOperator("=");
    boolean value = names.onOrOff();
    cursor.expectWords("for", "schema");
    return new DatashareChange.SetIncludeNew(value, names.name());
  }

  private Statement routine(ObjectKind kind, int position) {
    RoutineSignature routine = new RoutineParser(grammar).signature();
    if (cursor.acceptWords("rename", "to")) {
      return new AlterRoutineStatement(
          kind, routine, Optional.of(names.name()), Optional.empty(), position);
    }
    cursor.expectWords("owner", "to");
    return new AlterRoutineStatement(
        kind, routine, Optional.empty(), Optional.of(owner()), position);
  }
}
