package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.AccessStatement.CreateGroupStatement;
import io.redward.leader.sql.ast.AccessStatement.CreateRoleStatement;
import io.redward.leader.sql.ast.ExternalStatement.CreateDatashareStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.ObjectStatement.CreateMaterializedViewStatement;
import io.redward.leader.sql.ast.ObjectStatement.CreateSchemaStatement;
import io.redward.leader.sql.ast.ObjectStatement.CreateViewStatement;
import io.redward.leader.sql.ast.ObjectStatement.Quota;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement.TableAttributes;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// CREATE of anything: hands on by the word for the kind, and does views, schemas and the small
/// ones itself.
final class CreateParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  CreateParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement create() {
    int position = cursor.expectWord("create").position();
    if (cursor.acceptWords("or", "replace")) {
      return replaceable(true, position);
    }
    if (cursor.atAnyWord("table", "temp", "temporary", "local")) {
      return new TableParser(grammar).createTable(position);
    }
    if (cursor.acceptWord("materialized")) {
      cursor.expectWord("view");
      return materializedView(position);
    }
    if (cursor.acceptWord("schema")) {
      return schema(position);
    }
    if (cursor.acceptWord("database")) {
      return new DatabaseParser(grammar).create(position);
    }
    if (cursor.acceptWord("snapshot")) {
      return new SnapshotParser(grammar).create(position);
    }
    if (cursor.acceptWord("user")) {
      return new UserParser(grammar).createUser(position);
    }
    if (cursor.acceptWord("group")) {
      return group(position);
    }
    if (cursor.acceptWord("role")) {
      return role(position);
    }
    if (cursor.acceptWord("datashare")) {
      return datashare(position);
    }
    if (cursor.atAnyWord("masking", "rls", "identity")) {
      return new PolicyParser(grammar).create(position);
    }
    if (cursor.acceptWord("model")) {
      return new RoutineParser(grammar).createModel(false, position);
    }
    if (cursor.atWord("external") && !cursor.peek(1).isWord("function")) {
      return new ExternalParser(grammar).create(position);
    }
    return replaceable(false, position);
  }

  private Statement replaceable(boolean orReplace, int position) {
    if (cursor.acceptWord("view")) {
      return view(orReplace, position);
    }
    return new RoutineParser(grammar).create(orReplace, position);
  }

  private Statement view(boolean orReplace, int position) {
    QualifiedName name = names.qualifiedName();
    List<Identifier> columns = names.optionalParenthesised(names::name);
    cursor.expectWord("as");
    Query query = grammar.queries.query();
    boolean lateBinding = cursor.acceptWords("with", "no", "schema", "binding");
    return new CreateViewStatement(name, orReplace, columns, query, lateBinding, position);
  }

  /// Attributes, BACKUP and AUTO REFRESH may come in any order.
  private Statement materializedView(int position) {
    QualifiedName name = names.qualifiedName();
    List<Identifier> columns = names.optionalParenthesised(names::name);
    TableParser tables = new TableParser(grammar);
    Optional<Boolean> autoRefresh = Optional.empty();
    TableAttributes attributes = TableAttributes.NONE;
    Optional<Boolean> backup = Optional.empty();
    while (!cursor.atWord("as")) {
      if (cursor.acceptWords("auto", "refresh")) {
        autoRefresh = Optional.of(names.onOrOff());
      } else if (cursor.acceptWord("backup")) {
        backup = Optional.of(names.onOrOff());
      } else {
        attributes = tables.attribute(attributes);
      }
    }
    cursor.expectWord("as");
    return new CreateMaterializedViewStatement(
        name, columns, attributes, backup, autoRefresh, grammar.queries.query(), position);
  }

  private Statement schema(int position) {
    boolean ifNotExists = names.ifNotExists();
    Optional<QualifiedName> name =
        cursor.atWord("authorization") ? Optional.empty() : Optional.of(names.qualifiedName());
    Optional<Identifier> owner =
        cursor.acceptWord("authorization") ? Optional.of(names.name()) : Optional.empty();
    Optional<Quota> quota = cursor.acceptWord("quota") ? Optional.of(quota()) : Optional.empty();
    List<Statement> elements = new ArrayList<>();
    while (cursor.atAnyWord("create", "grant")) {
      int saved = cursor.enter(1);
      elements.add(cursor.atWord("create") ? create() : new GrantParser(grammar).grantOrRevoke());
      cursor.leave(1, saved);
    }
    return new CreateSchemaStatement(name, ifNotExists, owner, quota, elements, position);
  }

  /// `n [MB | GB | TB]`, gigabytes if no unit is given, or UNLIMITED; the word QUOTA has been read.
  Quota quota() {
    if (cursor.acceptWord("unlimited")) {
      return new Quota(Optional.empty());
    }
    long amount = names.integer();
    long unit = 1024;
    if (cursor.acceptWord("mb")) {
      unit = 1;
    } else if (cursor.acceptWord("tb")) {
      unit = 1024 * 1024;
    } else {
      cursor.acceptWord("gb");
    }
    return new Quota(Optional.of(amount * unit));
  }

  private Statement group(int position) {
    Identifier name = names.principal();
    cursor.acceptWord("with");
    List<Identifier> users = cursor.acceptWord("user") ? names.list(names::name) : List.of();
    return new CreateGroupStatement(name, users, position);
  }

  private Statement role(int position) {
    Identifier name = names.principal();
    Optional<String> externalId =
        cursor.acceptWord("externalid") ? Optional.of(text()) : Optional.empty();
    return new CreateRoleStatement(name, externalId, position);
  }

  /// A string, or a word in its place.
  private String text() {
    return cursor.at(TokenKind.STRING) ? names.string() : names.label().name();
  }

  private Statement datashare(int position) {
    Identifier name = names.name();
    cursor.acceptWord("set");
    Optional<Boolean> open = Optional.empty();
    if (cursor.acceptWord("publicaccessible")) {
      cursor.acceptOperator("=");
      open = Optional.of(names.onOrOff());
      cursor.accept(TokenKind.COMMA);
    }
    if (cursor.acceptWord("managedby")) {
      cursor.acceptOperator("=");
      names.label();
    }
    return new CreateDatashareStatement(name, open, position);
  }
}
