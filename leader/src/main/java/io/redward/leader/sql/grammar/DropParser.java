package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.ObjectStatement.CommentStatement;
import io.redward.leader.sql.ast.ObjectStatement.DropStatement;
import io.redward.leader.sql.ast.ObjectStatement.ObjectKind;
import io.redward.leader.sql.ast.ObjectStatement.RefreshStatement;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.RoutineStatement.DropRoutineStatement;
import io.redward.leader.sql.ast.RoutineStatement.RoutineSignature;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.TokenCursor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// DROP, COMMENT ON, REFRESH MATERIALIZED VIEW.
final class DropParser {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  DropParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  Statement drop() {
    int position = cursor.expectWord("drop").position();
    if (cursor.acceptWord("snapshot")) {
      return new SnapshotParser(grammar).drop(position);
    }
    ObjectKind kind = kind();
    boolean ifExists = names.ifExists();
    if (kind == ObjectKind.FUNCTION || kind == ObjectKind.PROCEDURE) {
      List<RoutineSignature> routines = names.list(new RoutineParser(grammar)::signature);
      return new DropRoutineStatement(kind, routines, ifExists, names.cascade(), position);
    }
    boolean principals =
        kind == ObjectKind.USER || kind == ObjectKind.GROUP || kind == ObjectKind.ROLE;
    List<QualifiedName> objects =
        principals
            ? names.list(() -> QualifiedName.of(names.principal()))
            : names.list(names::qualifiedName);
    boolean external = cursor.acceptWords("drop", "external", "database");
    boolean force = kind == ObjectKind.ROLE && cursor.acceptWord("force");
    boolean cascade = names.cascade();
    return new DropStatement(kind, objects, ifExists, cascade, force, external, position);
  }

  private ObjectKind kind() {
    if (cursor.acceptWords("materialized", "view")) {
      return ObjectKind.MATERIALIZED_VIEW;
    }
    if (cursor.acceptWords("external", "view")) {
      return ObjectKind.EXTERNAL_VIEW;
    }
    if (cursor.acceptWords("identity", "provider")) {
      return ObjectKind.IDENTITY_PROVIDER;
    }
    if (cursor.acceptWords("masking", "policy")) {
      return ObjectKind.MASKING_POLICY;
    }
    if (cursor.acceptWords("rls", "policy")) {
      return ObjectKind.RLS_POLICY;
    }
    cursor.acceptWord("external");
    ObjectKind[] simple = {
      ObjectKind.TABLE,
      ObjectKind.VIEW,
      ObjectKind.SCHEMA,
      ObjectKind.DATABASE,
      ObjectKind.USER,
      ObjectKind.GROUP,
      ObjectKind.ROLE,
      ObjectKind.LIBRARY,
      ObjectKind.MODEL,
      ObjectKind.DATASHARE,
      ObjectKind.TEMPLATE,
      ObjectKind.FUNCTION,
      ObjectKind.PROCEDURE
    };
    for (ObjectKind kind : simple) {
      if (cursor.acceptWord(kind.name().toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw cursor.syntaxError();
  }

  Statement commentOrRefresh() {
    return cursor.atWord("refresh") ? refresh() : comment();
  }

  private Statement refresh() {
    int position = cursor.expectWord("refresh").position();
    cursor.expectWords("materialized", "view");
    QualifiedName view = names.qualifiedName();
    return new RefreshStatement(view, names.cascade(), position);
  }

  private Statement comment() {
    int position = cursor.expectWord("comment").position();
    cursor.expectWord("on");
    ObjectKind kind;
    if (cursor.acceptWord("column")) {
      kind = ObjectKind.COLUMN;
    } else if (cursor.acceptWord("constraint")) {
      kind = ObjectKind.CONSTRAINT;
    } else {
      kind = kind();
    }
    boolean routine = kind == ObjectKind.FUNCTION || kind == ObjectKind.PROCEDURE;
    QualifiedName name =
        routine ? new RoutineParser(grammar).signature().name() : names.qualifiedName();
    Optional<QualifiedName> table =
        kind == ObjectKind.CONSTRAINT && cursor.acceptWord("on")
            ? Optional.of(names.qualifiedName())
            : Optional.empty();
    cursor.expectWord("is");
    Optional<String> text =
        cursor.acceptWord("null") ? Optional.empty() : Optional.of(names.string());
    return new CommentStatement(kind, name, table, text, position);
  }
}
