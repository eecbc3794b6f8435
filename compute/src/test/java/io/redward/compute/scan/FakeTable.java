package io.redward.compute.scan;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.ValueBounds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A table of boxed values, for tests of scans: one rowset, real blocks and zone maps, and a count
/// of the blocks that were read.
public final class FakeTable implements RowsetSnapshot {
  private final List<Physical> forms;
  private final List<@Nullable Object[]> columns;
  private final boolean dictionaries;
  private final int rows;
  private final long[] deleted;
  public final AtomicInteger blocksRead = new AtomicInteger();

  /// Column and block of what was asked for ahead and is still wanted.
  public final List<String> prefetched = new ArrayList<>();

  /// Columns hold `Integer`, `Long`, `Double`, `Int128` or `String` by their form; column ids count
  /// from 0.
  public FakeTable(
      List<Physical> forms,
      List<@Nullable Object[]> columns,
      boolean dictionaries,
      int... deleted) {
    this.forms = forms;
    this.columns = columns;
    this.dictionaries = dictionaries;
    rows = columns.getFirst().length;
    this.deleted = new long[deleted.length == 0 ? 0 : (rows + 63) / 64 + 64];
    for (int row : deleted) {
      this.deleted[row >> 6] |= 1L << row;
    }
  }

  /// The table that has this rowset alone.
  public TableSnapshot table() {
    return new OneRowset(this);
  }

  @Override
  public int rowCount() {
    return rows;
  }

  @Override
  public int rowsetId() {
    return 7;
  }

  @Override
  public boolean hasColumn(int columnId) {
    return columnId < columns.size();
  }

  @Override
  public Optional<long[]> deletedRows() {
    return deleted.length == 0 ? Optional.empty() : Optional.of(deleted);
  }

  @Override
  public List<Integer> sortKey() {
    return List.of();
  }

  @Override
  public BlockSummary summary(int columnId, int block) {
    @Nullable Object[] cells = cells(columnId, block);
    int nulls = (int) Arrays.stream(cells).filter(Objects::isNull).count();
    return new BlockSummary("raw", cells.length, nulls, 0, bounds(forms.get(columnId), cells));
  }

  private static Optional<ValueBounds> bounds(Physical form, @Nullable Object[] cells) {
    List<Object> present = new ArrayList<>();
    for (Object cell : cells) {
      if (cell != null) {
        present.add(cell instanceof String s ? s.stripTrailing() : cell);
      }
    }
    if (present.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (form) {
          case INT, LONG ->
              new ValueBounds.Longs(
                  present.stream().mapToLong(v -> ((Number) v).longValue()).min().orElseThrow(),
                  present.stream().mapToLong(v -> ((Number) v).longValue()).max().orElseThrow());
          case DOUBLE -> {
            double[] sorted = present.stream().mapToDouble(v -> (Double) v).sorted().toArray();
            yield new ValueBounds.Doubles(sorted[0], sorted[sorted.length - 1]);
          }
          case INT128 -> {
            List<Int128> sorted = present.stream().map(v -> (Int128) v).sorted().toList();
            yield new ValueBounds.Int128s(sorted.getFirst(), sorted.getLast());
          }
          case BYTES -> {
            List<byte[]> sorted =
                present.stream()
                    .map(v -> ((String) v).getBytes(StandardCharsets.UTF_8))
                    .sorted(Arrays::compareUnsigned)
                    .toList();
            yield new ValueBounds.Bytes(sorted.getFirst(), sorted.getLast());
          }
        });
  }

  private @Nullable Object[] cells(int columnId, int block) {
    int from = block * BLOCK_ROWS;
    return Arrays.copyOfRange(columns.get(columnId), from, from + blockRows(block));
  }

  @Override
  public void prefetch(int columnId, int block, BooleanSupplier wanted) {
    if (wanted.getAsBoolean()) {
      prefetched.add(columnId + "/" + block);
    }
  }

  @Override
  public Block block(int columnId, int block) {
    blocksRead.incrementAndGet();
    return new FakeBlock(
        cells(columnId, block), dictionaries && forms.get(columnId) == Physical.BYTES);
  }

  private static final class FakeBlock implements Block {
    private final @Nullable Object[] cells;
    private final List<Object> dictionary;

    FakeBlock(@Nullable Object[] cells, boolean dictionary) {
      this.cells = cells;
      this.dictionary =
          dictionary
              ? Arrays.stream(cells)
                  .filter(Objects::nonNull)
                  .map(c -> (Object) c)
                  .distinct()
                  .toList()
              : List.of();
    }

    @Override
    public int rowCount() {
      return cells.length;
    }

    @Override
    public boolean hasNulls() {
      return Arrays.stream(cells).anyMatch(Objects::isNull);
    }

    @Override
    public void decode(int from, int count, Vector out) {
      out.reset();
      for (int row = 0; row < count; row++) {
        put(out, row, cells[from + row]);
      }
    }

    @Override
    public void decodeSelected(int from, int[] selection, int selectedCount, Vector out) {
      out.reset();
      for (int i = 0; i < selectedCount; i++) {
        put(out, selection[i], cells[from + selection[i]]);
      }
    }

    @Override
    public int keepPresent(int from, int[] selection, int count) {
      int n = 0;
      for (int i = 0; i < count; i++) {
        if (cells[from + selection[i]] != null) {
          selection[n++] = selection[i];
        }
      }
      return n;
    }

    @Override
    public int dictionarySize() {
      return dictionary.size();
    }

    @Override
    public void decodeDictionary(Vector out) {
      out.reset();
      for (int code = 0; code < dictionary.size(); code++) {
        put(out, code, dictionary.get(code));
      }
    }

    @Override
    public void decodeCodes(int from, int count, int[] codes) {
      for (int row = 0; row < count; row++) {
        codes[row] = Math.max(0, dictionary.indexOf(cells[from + row]));
      }
    }

    @Override
    public long heldBytes() {
      return 0;
    }
  }

  private static void put(Vector out, int row, @Nullable Object cell) {
    if (cell == null) {
      out.setNull(row);
      return;
    }
    switch (out) {
      case IntVector ints -> ints.values[row] = (Integer) cell;
      case LongVector longs -> longs.values[row] = ((Number) cell).longValue();
      case DoubleVector doubles -> doubles.values[row] = (Double) cell;
      case Int128Vector wide -> {
        wide.high[row] = ((Int128) cell).high();
        wide.low[row] = ((Int128) cell).low();
      }
      case BytesVector bytes -> {
        byte[] value = ((String) cell).getBytes(StandardCharsets.UTF_8);
        bytes.append(row, value, 0, value.length);
      }
    }
  }

  private record OneRowset(FakeTable rowset) implements TableSnapshot {
    @Override
    public long tableId() {
      return 1;
    }

    @Override
    public List<RowsetSnapshot> rowsets() {
      return List.of(rowset);
    }

    @Override
    public long rowCount() {
      return rowset.rows;
    }

    @Override
    public long encodedBytes() {
      return 0;
    }

    @Override
    public Optional<ColumnStatistics> statistics(int columnId) {
      return Optional.empty();
    }

    @Override
    public long contentVersion() {
      return 1;
    }
  }
}
