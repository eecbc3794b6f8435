package io.redward.leader.system;

import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.system.AnalyzeLog.Compression;
import io.redward.storage.table.ColumnStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Encodings that ANALYZE COMPRESSION has proposed and COPY has set.
final class CompressionViews {
  private CompressionViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stl_analyze_compression", CompressionViews::all);
    readers.put("sys_analyze_compression_history", CompressionViews::all);
  }

  private static void all(ViewRows out) {
    for (Compression c : out.view().analyzes().compressions()) {
      if (out.visible(c.userOid())) {
        String bytes = c.bytes().isPresent() ? Long.toString(c.bytes().getAsLong()) : null;
        out.add(
            row ->
                row.setIfThere("userid", c.userOid())
                    .setIfThere("user_id", c.userOid())
                    .set("start_time", c.start())
                    .setIfThere("xid", c.transactionId())
                    .setIfThere("transaction_id", c.transactionId())
                    .setIfThere("tbl", c.tableOid())
                    .setIfThere("table_id", c.tableOid())
                    .setIfThere("tablename", c.table())
                    .setIfThere("table_name", c.table())
                    .setIfThere("col", c.column())
                    .setIfThere("column_position", c.column())
                    .set("old_encoding", c.oldEncoding())
                    .set("new_encoding", c.newEncoding())
                    .set("mode", c.mode())
                    .setIfThere("best_compression_encoding", c.newEncoding())
                    .setIfThere("recommended_bytes", bytes)
                    .setIfThere("best_compression_bytes", bytes)
                    .setIfThere("ndv", distinct(out.view(), c).orElse(null)));
      }
    }
  }

  private static Optional<Long> distinct(SystemView view, Compression compression) {
    Optional<TableDefinition> table = view.catalog().table(compression.tableOid());
    if (table.isEmpty()) {
      return Optional.empty();
    }
    List<ColumnDefinition> columns = table.get().columns();
    return compression.column() < columns.size()
        ? view.snapshot()
            .table(compression.tableOid())
            .statistics(columns.get(compression.column()).id())
            .map(ColumnStatistics::distinctCount)
            .map(Math::round)
        : Optional.empty();
  }
}
