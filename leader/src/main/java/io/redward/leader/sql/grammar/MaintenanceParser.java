package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.MaintenanceStatement;
import io.redward.leader.sql.ast.MaintenanceStatement.AnalyzeCompressionStatement;
import io.redward.leader.sql.ast.MaintenanceStatement.AnalyzeScope;
import io.redward.leader.sql.ast.MaintenanceStatement.AnalyzeStatement;
import io.redward.leader.sql.ast.MaintenanceStatement.VacuumMode;
import io.redward.leader.sql.ast.MaintenanceStatement.VacuumStatement;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenCursor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// VACUUM and ANALYZE.
final class MaintenanceParser {
  private final TokenCursor cursor;
  private final NameParser names;

  MaintenanceParser(Grammar grammar) {
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  MaintenanceStatement statement() {
    Token first = cursor.next();
    return first.text().equals("vacuum") ? vacuum(first.position()) : analyze(first.position());
  }

  private MaintenanceStatement vacuum(int position) {
    VacuumMode mode = VacuumMode.FULL;
    if (cursor.acceptWords("sort", "only")) {
      mode = VacuumMode.SORT_ONLY;
    } else if (cursor.acceptWords("delete", "only")) {
      mode = VacuumMode.DELETE_ONLY;
    } else if (cursor.acceptWord("reindex")) {
      mode = VacuumMode.REINDEX;
    } else if (cursor.acceptWord("recluster")) {
      mode = VacuumMode.RECLUSTER;
    } else {
      cursor.acceptWord("full");
    }
    Optional<QualifiedName> table = Optional.empty();
    if (names.atName() && !cursor.atWord("boost")) {
      table = Optional.of(names.qualifiedName());
    }
    OptionalInt threshold = OptionalInt.empty();
    if (cursor.acceptWord("to")) {
      threshold = OptionalInt.of(names.integer());
      cursor.expectWord("percent");
    }
    return new VacuumStatement(mode, table, threshold, cursor.acceptWord("boost"), position);
  }

  private MaintenanceStatement analyze(int position) {
    if (cursor.acceptWord("compression")) {
      return analyzeCompression(position);
    }
    boolean verbose = cursor.acceptWord("verbose");
    AnalyzeScope scope = scope();
    Optional<QualifiedName> table =
        names.atName() ? Optional.of(names.qualifiedName()) : Optional.empty();
    List<Identifier> columns = names.optionalParenthesised(names::name);
    if (scope == AnalyzeScope.UNSTATED) {
      scope = scope();
    }
    return new AnalyzeStatement(table, columns, scope, verbose, position);
  }

  private AnalyzeScope scope() {
    if (cursor.acceptWords("predicate", "columns")) {
      return AnalyzeScope.PREDICATE_COLUMNS;
    }
    return cursor.acceptWords("all", "columns") ? AnalyzeScope.ALL_COLUMNS : AnalyzeScope.UNSTATED;
  }

  private MaintenanceStatement analyzeCompression(int position) {
    Optional<QualifiedName> table =
        names.atName() && !cursor.atWord("comprows")
            ? Optional.of(names.qualifiedName())
            : Optional.empty();
    List<Identifier> columns = names.optionalParenthesised(names::name);
    OptionalLong rows =
        cursor.acceptWord("comprows") ? OptionalLong.of(names.signedLong()) : OptionalLong.empty();
    return new AnalyzeCompressionStatement(table, columns, rows, position);
  }
}
