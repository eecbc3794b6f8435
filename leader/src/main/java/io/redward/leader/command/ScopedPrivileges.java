package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList.Reach;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.AccessStatement.TargetKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Privileges that are not about one object: on all of a kind in a schema or database, or on those
/// that are yet to be made.
final class ScopedPrivileges {
  private ScopedPrivileges() {}

  /// What `FOR TABLES`, `FOR FUNCTIONS` and so on speak of.
  static Reach reach(TargetKind kind, int position) {
    return switch (kind) {
      case TABLE -> Reach.TABLES;
      case SCHEMA -> Reach.SCHEMAS;
      case FUNCTION -> Reach.FUNCTIONS;
      case PROCEDURE -> Reach.PROCEDURES;
      case LANGUAGE -> Reach.LANGUAGES;
      case COPY_JOB -> Reach.COPY_JOBS;
      case TEMPLATE -> Reach.TEMPLATES;
      default ->
          throw new SqlException(
                  SqlState.FEATURE_NOT_SUPPORTED,
                  "scoped permissions on "
                      + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                      + " are not supported")
              .withPosition(position);
    };
  }

  /// The privileges of these names.
  ///
  /// @throws SqlException 22023 for one that such objects do not have
  static Set<Privilege> of(List<AccessStatement.Privilege> names, Reach reach, int position) {
    Set<Privilege> possible = possible(reach);
    Set<Privilege> result = EnumSet.noneOf(Privilege.class);
    for (AccessStatement.Privilege name : names) {
      String word = name.name().toUpperCase(Locale.ROOT);
      if (word.equals("ALL")) {
        result.addAll(possible);
        continue;
      }
      result.add(
          possible.stream()
              .filter(p -> p.name().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      new SqlException(
                              SqlState.INVALID_PARAMETER_VALUE,
                              "invalid privilege type " + word + " for " + noun(reach))
                          .withPosition(position)));
    }
    return result;
  }

  /// The privileges that there are on an object of this kind.
  static Set<Privilege> possible(Reach reach) {
    return switch (reach) {
      case TABLES ->
          EnumSet.of(
              Privilege.SELECT,
              Privilege.INSERT,
              Privilege.UPDATE,
              Privilege.DELETE,
              Privilege.REFERENCES,
              Privilege.DROP,
              Privilege.TRUNCATE,
              Privilege.ALTER);
      case SCHEMAS ->
          EnumSet.of(Privilege.USAGE, Privilege.CREATE, Privilege.ALTER, Privilege.DROP);
      case FUNCTIONS, PROCEDURES -> EnumSet.of(Privilege.EXECUTE);
      case LANGUAGES -> EnumSet.of(Privilege.USAGE);
      case COPY_JOBS, TEMPLATES, OBJECT -> EnumSet.of(Privilege.ALTER, Privilege.DROP);
    };
  }

  private static String noun(Reach reach) {
    String plural = reach.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return reach == Reach.TABLES ? "relation" : plural.substring(0, plural.length() - 1);
  }
}
