package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Vector;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.ColumnEncoding;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.MaintenanceStatement.AnalyzeCompressionStatement;
import io.redward.leader.system.AnalyzeLog;
import io.redward.leader.system.StoredEncodings;
import io.redward.storage.table.Block;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.RowsetSnapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// ANALYZE COMPRESSION: encodes a sample of each column in every way its type allows and says
/// which is smallest, and by how much smaller than what the column has now. The sample is whole
/// blocks from all over the table.
public final class CompressionAnalysis {
  private static final long MIN_SAMPLE_ROWS = 100_000;
  private static final long MAX_SAMPLE_ROWS = 1_000_000_000;

  /// Those that decode fastest first: a later one must be smaller.
  private static final List<ColumnEncoding> PREFERENCE =
      List.of(
          ColumnEncoding.AZ64,
          ColumnEncoding.BYTEDICT,
          ColumnEncoding.RUNLENGTH,
          ColumnEncoding.TEXT255,
          ColumnEncoding.LZO,
          ColumnEncoding.ZSTD,
          ColumnEncoding.MOSTLY8,
          ColumnEncoding.MOSTLY16,
          ColumnEncoding.MOSTLY32,
          ColumnEncoding.DELTA,
          ColumnEncoding.DELTA32K);

  private final CommandContext context;
  private final Namespace namespace;
  private final AnalyzeLog log;
  private final long transactionId;
  private final InstantSource clock;

  private record Place(RowsetSnapshot rowset, int block) {}

  /// @param log takes what is found
  /// @param transactionId of the statement, for the log
  public CompressionAnalysis(
      CommandContext context,
      Namespace namespace,
      AnalyzeLog log,
      long transactionId,
      InstantSource clock) {
    this.context = context;
    this.namespace = namespace;
    this.log = log;
    this.transactionId = transactionId;
    this.clock = clock;
  }

  /// Rows of table, column, encoding and estimated reduction in percent.
  public List<List<String>> run(AnalyzeCompressionStatement statement) {
    long rows = statement.rows().orElse(MIN_SAMPLE_ROWS);
    if (rows < 1 || rows > MAX_SAMPLE_ROWS) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE, "COMPROWS must be between 1 and " + MAX_SAMPLE_ROWS)
          .withPosition(statement.position());
    }
    List<List<String>> lines = new ArrayList<>();
    if (statement.table().isPresent()) {
      TableDefinition table = context.table(statement.table().get());
      Privileges.requireOwner(context.user(), table);
      add(lines, table, columns(table, statement.columns()), Math.max(rows, MIN_SAMPLE_ROWS));
    } else {
      for (TableDefinition table : OwnTables.of(context, SystemPrivilege.ANALYZE)) {
        add(lines, table, table.columns(), Math.max(rows, MIN_SAMPLE_ROWS));
      }
    }
    return lines;
  }

  private static List<ColumnDefinition> columns(TableDefinition table, List<Identifier> names) {
    return names.isEmpty()
        ? table.columns()
        : names.stream().map(name -> Constraints.column(table, name)).toList();
  }

  private void add(
      List<List<String>> lines, TableDefinition table, List<ColumnDefinition> columns, long rows) {
    for (ColumnDefinition column : columns) {
      Instant start = clock.instant();
      List<Place> sample = sample(table, column.id(), rows);
      Recommendation best = recommend(table, column, sample);
      lines.add(
          List.of(
              table.name(),
              column.name(),
              best.encoding,
              String.format(Locale.ROOT, "%.2f", best.reductionPercent)));
      log.add(
          new AnalyzeLog.Compression(
              context.user().oid(),
              transactionId,
              table.oid(),
              table.name(),
              table.columns().indexOf(column),
              StoredEncodings.reported(table, column, namespace.snapshot()),
              best.encoding,
              "ANALYZE ONLY",
              best.bytes,
              start));
    }
  }

  /// @param bytes of the sample; empty if nothing was measured
  private record Recommendation(String encoding, double reductionPercent, OptionalLong bytes) {}

  /// A sort key's encoding is left alone: scans that skip by it are worth more than its bytes.
  private Recommendation recommend(
      TableDefinition table, ColumnDefinition column, List<Place> sample) {
    boolean sortKey = table.layout().sortKey().contains(column.id());
    ColumnEncoding current = ColumnEncoding.of(column.encoding()).orElse(ColumnEncoding.AUTO);
    if (sortKey || sample.isEmpty()) {
      ColumnEncoding kept =
          current == ColumnEncoding.AUTO
              ? ColumnEncoding.preset(column.type().kind(), sortKey)
              : current;
      return new Recommendation(kept.text(), 0, OptionalLong.empty());
    }
    Map<ColumnEncoding, Long> bytes = measure(column, sample);
    ColumnEncoding best = current;
    long currentBytes = bytes.getOrDefault(current, Long.MAX_VALUE);
    long bestBytes = currentBytes;
    for (ColumnEncoding candidate : PREFERENCE) {
      long candidateBytes = bytes.getOrDefault(candidate, Long.MAX_VALUE);
      if (candidateBytes < bestBytes) {
        best = candidate;
        bestBytes = candidateBytes;
      }
    }
    return new Recommendation(
        best.text(), 100.0 * (currentBytes - bestBytes) / currentBytes, OptionalLong.of(bestBytes));
  }

  private Map<ColumnEncoding, Long> measure(ColumnDefinition column, List<Place> sample) {
    Map<ColumnEncoding, Long> bytes = new EnumMap<>(ColumnEncoding.class);
    for (Place place : sample) {
      Block block = place.rowset.block(column.id(), place.block);
      int rows = block.rowCount();
      Vector values = Vector.of(column.type().physical(), rows);
      block.decode(0, rows, values);
      for (ColumnEncoding encoding : ColumnEncoding.values()) {
        if (encoding.fits(column.type().kind())) {
          long size = namespace.housekeeping().encodedBytes(values, rows, encoding.text());
          bytes.merge(encoding, size, Long::sum);
        }
      }
    }
    return bytes;
  }

  /// Blocks at like distances that together hold `rows` rows, or all there are.
  private List<Place> sample(TableDefinition table, int columnId, long rows) {
    List<Place> all = new ArrayList<>();
    long held = 0;
    for (RowsetSnapshot rowset : namespace.snapshot().table(table.oid()).rowsets()) {
      if (rowset.hasColumn(columnId)) {
        for (int block = 0; block < rowset.blockCount(); block++) {
          all.add(new Place(rowset, block));
          held += rowset.blockRows(block);
        }
      }
    }
    if (held <= rows) {
      return all;
    }
    int wanted = (int) Math.max(1, (all.size() * rows + held - 1) / held);
    List<Place> chosen = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      chosen.add(all.get((int) ((long) all.size() * i / wanted)));
    }
    return chosen;
  }
}
