package io.redward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// TPC-DS's schema and queries, read from a directory: they are not ours to hand on.
final class Tpcds {
  private static final int QUERIES = 99;

  private Tpcds() {}

  /// @param suite holds `schema.sql` and `queries/01.sql` to `queries/99.sql`
  static Workload workload(Path suite, Path files) throws IOException {
    List<String> schema = Tpch.statements(Files.readString(suite.resolve("schema.sql")));
    List<Workload.Query> queries = new ArrayList<>();
    for (int number = 1; number <= QUERIES; number++) {
      Path file = suite.resolve("queries").resolve("%02d.sql".formatted(number));
      queries.add(
          new Workload.Query(
              "q%02d".formatted(number), Files.readString(file).replaceAll(";\\s*$", "")));
    }
    return new Workload(schema, schema, TpcdsFiles.tables(), files, queries);
  }
}
