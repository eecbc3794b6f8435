package io.redward.storage.namespace;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.WriteTransaction;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// Loads TPC-H at a scale factor and prints, per column, encoding, bytes and decoding speed; not a
/// test. Arguments: scale factor, directory, tables (default all); `-Dredward.sort=N` sorts by the
/// N-th column.
final class TpchTiming {
  private final double scale;
  private final LocalNamespace namespace;
  private long appendNanos;

  private TpchTiming(double scale, LocalNamespace namespace) {
    this.scale = scale;
    this.namespace = namespace;
  }

  public static void main(String[] arguments) throws Exception {
    double scale = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 0.1;
    Path directory =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("tpch");
    try (LocalNamespace namespace = LocalNamespace.open(directory, StorageOptions.defaults())) {
      TpchTiming timing = new TpchTiming(scale, namespace);
      long tableId = 1;
      for (TpchTable<?> table : TpchTable.getTables()) {
        if (arguments.length < 3 || List.of(arguments).indexOf(table.getTableName()) >= 2) {
          timing.run(table, tableId);
        }
        tableId++;
      }
      System.out.printf(
          Locale.ROOT,
          "total %.1f MB, appended in %.2f s of one thread%n",
          namespace.bytesOnDisk() / 1e6,
          timing.appendNanos / 1e9);
    }
  }

  private <E extends TpchEntity> void run(TpchTable<E> table, long tableId) {
    List<TpchColumn<E>> columns = table.getColumns();
    List<TableShape.Column> declared = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      declared.add(new TableShape.Column(i, type(columns.get(i)), "auto"));
    }
    int sortColumn = Integer.getInteger("redward.sort", -1);
    TableShape shape =
        new TableShape(declared, sortColumn < 0 ? List.of() : List.of(sortColumn), false);
    List<Physical> forms = declared.stream().map(column -> column.type().physical()).toList();
    WriteTransaction transaction = namespace.begin();
    RowAppender appender = transaction.append(tableId, shape);
    Batch batch = new Batch(forms);
    Iterator<E> rows = table.createGenerator(scale, 1, 1).iterator();
    while (rows.hasNext()) {
      E row = rows.next();
      int at = batch.selectedCount++;
      for (int i = 0; i < forms.size(); i++) {
        set(batch.vectors[i], at, columns.get(i), row);
      }
      if (batch.selectedCount == batch.capacity() || !rows.hasNext()) {
        long start = cpuNanos();
        appender.append(batch);
        appendNanos += cpuNanos() - start;
        batch.reset();
      }
    }
    long start = cpuNanos();
    appender.finish();
    transaction.commit();
    appendNanos += cpuNanos() - start;
    report(table.getTableName(), columns, namespace.snapshot().table(tableId), declared);
  }

  /// CPU time of this thread: other load on the machine does not count.
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static SqlType type(TpchColumn<?> column) {
    TpchColumnType.Base base = column.getType().getBase();
    return switch (base) {
      case INTEGER -> SqlType.INTEGER;
      case IDENTIFIER -> SqlType.BIGINT;
      case DATE -> SqlType.DATE;
      case DOUBLE -> SqlType.decimal(15, 2);
      case VARCHAR -> SqlType.varchar(200);
    };
  }

  private static <E extends TpchEntity> void set(
      Vector vector, int row, TpchColumn<E> column, E entity) {
    switch (vector) {
      case IntVector ints ->
          ints.values[row] =
              column.getType().getBase() == TpchColumnType.Base.DATE
                  ? column.getDate(entity)
                  : column.getInteger(entity);
      case LongVector longs ->
          longs.values[row] =
              column.getType().getBase() == TpchColumnType.Base.DOUBLE
                  ? Math.round(column.getDouble(entity) * 100)
                  : column.getIdentifier(entity);
      case BytesVector bytes -> {
        byte[] text = column.getString(entity).getBytes(StandardCharsets.UTF_8);
        bytes.append(row, text, 0, text.length);
      }
      default -> throw new IllegalStateException();
    }
  }

  private static void report(
      String name,
      List<? extends TpchColumn<?>> columns,
      TableSnapshot table,
      List<TableShape.Column> declared) {
    System.out.printf(
        Locale.ROOT, "%s: %d rows, %.2f MB%n", name, table.rowCount(), table.encodedBytes() / 1e6);
    for (TableShape.Column column : declared) {
      long bytes = 0;
      List<Block> blocks = new ArrayList<>();
      long held = 0;
      long start = cpuNanos();
      String encoding = "";
      for (RowsetSnapshot rowset : table.rowsets()) {
        for (int block = 0; block < rowset.blockCount(); block++) {
          bytes += rowset.summary(column.id(), block).encodedBytes();
          encoding = rowset.summary(column.id(), block).encoding();
          Block opened = rowset.block(column.id(), block);
          held += opened.heldBytes();
          blocks.add(opened);
        }
      }
      long openNanos = cpuNanos() - start;
      Vector out = Vector.of(column.type().physical(), Batch.CAPACITY);
      double best = Double.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        start = cpuNanos();
        for (Block block : blocks) {
          for (int from = 0; from < block.rowCount(); from += Batch.CAPACITY) {
            block.decode(from, Math.min(Batch.CAPACITY, block.rowCount() - from), out);
          }
        }
        best = Math.min(best, cpuNanos() - start);
      }
      double rows = Math.max(1, table.rowCount());
      int width = column.type().physical() == Physical.INT ? 4 : 8;
      System.out.printf(
          Locale.ROOT,
          "  %-16s %-9s %8.3f MB %6.2f bits/row  held %7.2f MB  open %6.2f ns/row"
              + "  decode %5.2f ns/row %6.1f GB/s%n",
          columns.get(column.id()).getColumnName(),
          encoding,
          bytes / 1e6,
          bytes * 8 / rows,
          held / 1e6,
          openNanos / rows,
          best / rows,
          rows * width / best);
    }
  }
}
