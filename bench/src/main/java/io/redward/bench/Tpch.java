package io.redward.bench;

import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// TPC-H's texts for the contenders.
final class Tpch {
  private Tpch() {}

  static Workload workload(Path files) {
    return new Workload(
        statements(TpchQueries.schema()),
        plainSchema(),
        TpchFiles.tables(),
        files,
        IntStream.rangeClosed(1, TpchQueries.COUNT)
            .mapToObj(number -> new Workload.Query("q%02d".formatted(number), query(number)))
            .toList());
  }

  static String query(int number) {
    return TpchQueries.query(number).replaceAll(";\\s*$", "");
  }

  /// The schema without what only a Redshift-compatible engine knows, and without keys: here they
  /// are hints to the planner, elsewhere indexes that a load has to build.
  private static List<String> plainSchema() {
    return statements(
        TpchQueries.schema()
            .replaceAll("(?m)^  (diststyle all|distkey \\([a-z_]+\\)) sortkey \\([a-z_]+\\)", "")
            .replaceAll(",\\s*primary key \\([a-z_, ]+\\)", ""));
  }

  /// The statements of a text without semicolons elsewhere.
  static List<String> statements(String text) {
    return Arrays.stream(text.split(";"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
