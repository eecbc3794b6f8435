package io.redward.bench;

import io.redward.server.TpchQueries;
import java.util.Arrays;
import java.util.List;

/// TPC-H's texts for the contenders.
final class Tpch {
  private Tpch() {}

  static String schema() {
    return TpchQueries.schema();
  }

  static String query(int number) {
    return TpchQueries.query(number).replaceAll(";\\s*$", "");
  }

  /// The schema without what only a Redshift-compatible engine knows, and without keys: here they
  /// are hints to the planner, elsewhere indexes that a load has to build.
  static List<String> plainSchema() {
    return Arrays.stream(
            schema()
                .replaceAll(
                    "(?m)^  (diststyle all|distkey \\([a-z_]+\\)) sortkey \\([a-z_]+\\)", "")
                .replaceAll(",\\s*primary key \\([a-z_, ]+\\)", "")
                .split(";"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
