package io.redward.bench;

import java.nio.file.Path;
import java.util.List;

/// Tables, their data and queries over them, for every contender.
///
/// @param schema statements that make the tables here
/// @param plainSchema the same without what only a Redshift-compatible engine knows
/// @param tables in the order in which they are loaded
/// @param files a directory of `|`-delimited files a table, empty for NULL
record Workload(
    List<String> schema,
    List<String> plainSchema,
    List<String> tables,
    Path files,
    List<Query> queries) {
  /// A query and how it is called in reports.
  record Query(String name, String text) {}
}
