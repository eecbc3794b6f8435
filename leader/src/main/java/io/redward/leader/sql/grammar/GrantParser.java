package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.AccessStatement.AlterDefaultPrivilegesStatement;
import io.redward.leader.sql.ast.AccessStatement.GrantRoleStatement;
import io.redward.leader.sql.ast.AccessStatement.GrantStatement;
import io.redward.leader.sql.ast.AccessStatement.GrantTarget;
import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.AccessStatement.GranteeKind;
import io.redward.leader.sql.ast.AccessStatement.Privilege;
import io.redward.leader.sql.ast.AccessStatement.RevokeRoleStatement;
import io.redward.leader.sql.ast.AccessStatement.RevokeStatement;
import io.redward.leader.sql.ast.AccessStatement.Scope;
import io.redward.leader.sql.ast.AccessStatement.TargetKind;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.RoutineStatement.RoutineSignature;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import io.redward.leader.sql.lex.TokenKind;
import java.util.List;

/// GRANT, REVOKE and ALTER DEFAULT PRIVILEGES.
final class GrantParser {
  private static final GrantTarget NO_TARGET =
      new GrantTarget(TargetKind.SYSTEM, List.of(), List.of(), Scope.OBJECTS);

  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  GrantParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement grantOrRevoke() {
    Token first = cursor.next();
    boolean grant = first.text().equals("grant");
    return grant ? grant(first.position()) : revoke(first.position());
  }

  private AccessStatement grant(int position) {
    if (cursor.acceptWord("role")) {
      List<Identifier> roles = roles();
      cursor.expectWord("to");
      List<Grantee> grantees = names.list(this::grantee);
      boolean admin = cursor.acceptWords("with", "admin", "option");
      return new GrantRoleStatement(roles, grantees, admin, position);
    }
    List<Privilege> privileges = names.list(this::privilege);
    GrantTarget target = target();
    cursor.expectWord("to");
    List<Grantee> grantees = names.list(this::grantee);
    actionsOfAssumedRole(target);
    cursor.acceptWords("via", "data", "catalog");
    return new GrantStatement(privileges, target, grantees, position);
  }

  private AccessStatement revoke(int position) {
    boolean admin = cursor.acceptWords("admin", "option", "for");
    boolean option = cursor.acceptWords("grant", "option", "for");
    if (cursor.acceptWord("role")) {
      List<Identifier> roles = roles();
      cursor.expectWord("from");
      return new RevokeRoleStatement(admin, roles, names.list(this::grantee), position);
    }
    List<Privilege> privileges = names.list(this::privilege);
    GrantTarget target = target();
    cursor.expectWord("from");
    List<Grantee> grantees = names.list(this::grantee);
    actionsOfAssumedRole(target);
    cursor.acceptWords("via", "data", "catalog");
    return new RevokeStatement(option, privileges, target, grantees, names.cascade(), position);
  }

  /// `role, role` or `role, ROLE role`.
  private List<Identifier> roles() {
    return names.list(this::role);
  }

  private Identifier role() {
    cursor.acceptWord("role");
    return names.principal();
  }

  /// `FOR { ALL | COPY | UNLOAD | EXTERNAL FUNCTION | CREATE MODEL }` behind ASSUMEROLE.
  private void actionsOfAssumedRole(GrantTarget target) {
    if (target.kind() == TargetKind.ASSUMED_ROLE && cursor.acceptWord("for")) {
      do {
        names.label();
        if (!cursor.acceptWord("function")) {
          cursor.acceptWord("model");
        }
      } while (cursor.accept(TokenKind.COMMA));
    }
  }

  /// One or more words, and columns if a list follows.
  private Privilege privilege() {
    StringBuilder words = new StringBuilder(names.label().name());
    while (cursor.at(TokenKind.WORD) && !cursor.atAnyWord("on", "for", "to", "from")) {
      words.append(' ').append(cursor.next().text());
    }
    String name = words.toString();
    return new Privilege(
        name.equals("all privileges") ? "all" : name, names.optionalParenthesised(names::name));
  }

  // -- targets

  private GrantTarget target() {
    if (cursor.acceptWord("for")) {
      return scope();
    }
    return cursor.acceptWord("on") ? objects() : NO_TARGET;
  }

  /// `{TABLES | FUNCTIONS | …} IN {SCHEMA | DATABASE} name, …`.
  private GrantTarget scope() {
    TargetKind kind = plural();
    cursor.expectWord("in");
    boolean schema = cursor.acceptWord("schema");
    if (!schema) {
      cursor.expectWord("database");
    }
    List<QualifiedName> containers = names.list(names::qualifiedName);
    if (schema && cursor.acceptWord("database")) {
      names.name();
    }
    return new GrantTarget(
        kind, containers, List.of(), schema ? Scope.FOR_SCHEMA : Scope.FOR_DATABASE);
  }

  private TargetKind plural() {
    if (cursor.acceptWord("tables")) {
      return TargetKind.TABLE;
    }
    if (cursor.acceptWord("schemas")) {
      return TargetKind.SCHEMA;
    }
    if (cursor.acceptWord("functions")) {
      return TargetKind.FUNCTION;
    }
    if (cursor.acceptWord("procedures")) {
      return TargetKind.PROCEDURE;
    }
    if (cursor.acceptWord("languages")) {
      return TargetKind.LANGUAGE;
    }
    if (cursor.acceptWords("copy", "jobs")) {
      return TargetKind.COPY_JOB;
    }
    cursor.expectWord("templates");
    return TargetKind.TEMPLATE;
  }

  /// What stands behind ON, and behind ADD and REMOVE of ALTER DATASHARE.
  GrantTarget objects() {
    if (cursor.atWord("all") && !cursor.peek(1).isWord("to") && !cursor.peek(1).isWord("from")) {
      return allInSchema();
    }
    if (cursor.at(TokenKind.STRING) || cursor.atAnyWord("default", "all")) {
      return assumedRoles();
    }
    if (cursor.acceptWord("function")) {
      return routines(TargetKind.FUNCTION);
    }
    if (cursor.acceptWord("procedure")) {
      return routines(TargetKind.PROCEDURE);
    }
    TargetKind kind = objectKind();
    return new GrantTarget(kind, names.list(names::qualifiedName), List.of(), Scope.OBJECTS);
  }

  private GrantTarget allInSchema() {
    cursor.next();
    TargetKind kind = plural();
    cursor.expectWords("in", "schema");
    return new GrantTarget(kind, names.list(names::qualifiedName), List.of(), Scope.ALL_IN_SCHEMA);
  }

  private GrantTarget routines(TargetKind kind) {
    List<RoutineSignature> routines = names.list(new RoutineParser(grammar)::signature);
    return new GrantTarget(kind, List.of(), routines, Scope.OBJECTS);
  }

  private GrantTarget assumedRoles() {
    List<QualifiedName> arns = names.list(this::arn);
    return new GrantTarget(TargetKind.ASSUMED_ROLE, arns, List.of(), Scope.OBJECTS);
  }

  private QualifiedName arn() {
    Token token = cursor.next();
    return QualifiedName.of(new Identifier(token.text(), true, token.position()));
  }

  private TargetKind objectKind() {
    if (cursor.acceptWord("database")) {
      return TargetKind.DATABASE;
    }
    if (cursor.acceptWord("schema")) {
      return TargetKind.SCHEMA;
    }
    if (cursor.acceptWord("language")) {
      return TargetKind.LANGUAGE;
    }
    if (cursor.acceptWord("datashare")) {
      return TargetKind.DATASHARE;
    }
    if (cursor.acceptWord("model")) {
      return TargetKind.MODEL;
    }
    if (cursor.acceptWords("copy", "job")) {
      return TargetKind.COPY_JOB;
    }
    if (cursor.acceptWord("template")) {
      return TargetKind.TEMPLATE;
    }
    if (cursor.acceptWords("rls", "policy")) {
      return TargetKind.RLS_POLICY;
    }
    if (cursor.acceptWords("masking", "policy")) {
      return TargetKind.MASKING_POLICY;
    }
    if (cursor.acceptWords("external", "schema")) {
      return TargetKind.EXTERNAL_SCHEMA;
    }
    if (cursor.acceptWords("external", "table")) {
      return TargetKind.EXTERNAL_TABLE;
    }
    cursor.acceptWord("table");
    return TargetKind.TABLE;
  }

  // -- grantees

  Grantee grantee() {
    int position = cursor.position();
    GranteeKind kind = GranteeKind.USER;
    String name = "";
    if (cursor.acceptWord("public")) {
      kind = GranteeKind.PUBLIC;
    } else if (cursor.atAnyWord("masking", "rls") && cursor.peek(1).isWord("policy")) {
      boolean masking = cursor.next().text().equals("masking");
      cursor.next();
      kind = masking ? GranteeKind.MASKING_POLICY : GranteeKind.RLS_POLICY;
      name = names.qualifiedName().toString();
    } else if (cursor.atAnyWord("namespace", "account", "iam_role") && stringFollows()) {
      kind =
          switch (cursor.next().text()) {
            case "namespace" -> GranteeKind.NAMESPACE;
            case "account" -> GranteeKind.ACCOUNT;
            default -> GranteeKind.IAM_ROLE;
          };
      name = names.string();
    } else {
      if (cursor.acceptWord("group")) {
        kind = GranteeKind.GROUP;
      } else if (cursor.atWord("role") && nameFollows()) {
        cursor.next();
        kind = GranteeKind.ROLE;
      } else if (cursor.atWord("user")) {
        cursor.next();
      }
      name = names.principal().name();
    }
    boolean option = cursor.acceptWords("with", "grant", "option");
    return new Grantee(kind, name, option, position);
  }

  private boolean stringFollows() {
    return cursor.peek(1).is(TokenKind.STRING);
  }

  private boolean nameFollows() {
    return cursor.peek(1).is(TokenKind.WORD) || cursor.peek(1).is(TokenKind.QUOTED_NAME);
  }

  // -- default privileges

  Statement alterDefaultPrivileges(int position) {
    List<Identifier> users = List.of();
    List<QualifiedName> schemas = List.of();
    if (cursor.acceptWord("for")) {
      if (!cursor.acceptWord("user")) {
        cursor.expectWord("role");
      }
      users = names.list(names::name);
    }
    if (cursor.acceptWords("in", "schema")) {
      schemas = names.list(names::qualifiedName);
    }
    boolean grant = cursor.acceptWord("grant");
    if (!grant) {
      cursor.expectWord("revoke");
    }
    boolean option = !grant && cursor.acceptWords("grant", "option", "for");
    List<Privilege> privileges = names.list(this::privilege);
    cursor.expectWord("on");
    TargetKind kind = plural();
    cursor.expectWord(grant ? "to" : "from");
    List<Grantee> grantees = names.list(this::grantee);
    names.cascade();
    return new AlterDefaultPrivilegesStatement(
        users, schemas, grant, option, privileges, kind, grantees, position);
  }
}
