package io.redward.storage.rowset;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.block.BlockReader;
import io.redward.storage.block.Bounds;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.bytes.UnknownVersionException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowSpan;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.ValueBounds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads one rowset. The footer is read when first asked for and kept. Immutable to its users,
/// thread-safe. What does not read back as written ends in DATA_CORRUPTED naming object, column and
/// block.
public final class RowsetFile {
  private final RowsetReference reference;
  private final ObjectStore store;
  private final Map<Integer, RisingBlocks> rising = new ConcurrentHashMap<>();
  private volatile @Nullable RowsetFooter footer;

  public RowsetFile(RowsetReference reference, ObjectStore store) {
    this.reference = reference;
    this.store = store;
  }

  /// The same rowset as one of another table.
  public RowsetFile in(long tableId) {
    RowsetFile other = new RowsetFile(reference.in(tableId), store);
    other.footer = footer;
    return other;
  }

  public RowsetReference reference() {
    return reference;
  }

  /// The table's shape when the rowset was written.
  public TableShape shape() {
    return footer().shape();
  }

  public boolean hasColumn(int columnId) {
    return footer().columns().containsKey(columnId);
  }

  /// The least and the largest value of a column; empty if there is none.
  public Optional<ValueBounds> bounds(int columnId) {
    ColumnFooter column = footer().columns().get(columnId);
    return column == null
        ? Optional.empty()
        : column.blocks().stream().flatMap(b -> b.bounds().stream()).reduce(Bounds::merge);
  }

  public BlockSummary summary(int columnId, int block) {
    return column(columnId).blocks().get(block);
  }

  /// As [io.redward.storage.table.RowsetSnapshot#blocksBetween].
  public RowSpan blocksBetween(int columnId, long low, long high) {
    RisingBlocks known = rising.get(columnId);
    if (known != null) {
      return known.between(low, high);
    }
    ColumnFooter column = footer().columns().get(columnId);
    return column == null
        ? new RowSpan(0, 0)
        : rising
            .computeIfAbsent(columnId, _ -> RisingBlocks.of(column.blocks()))
            .between(low, high);
  }

  /// Reads, checks and opens a block.
  public Block readBlock(int columnId, int block) {
    return readTwice(() -> openBlock(columnId, block));
  }

  /// What is damaged is read once more, past whatever keeps things between here and the store.
  private <T> T readTwice(Supplier<T> read) {
    try {
      return read.get();
    } catch (SqlException e) {
      if (e.state() != SqlState.DATA_CORRUPTED || reference.isInline()) {
        throw e;
      }
      store.suspect(reference.objectKey());
      return read.get();
    }
  }

  private Block openBlock(int columnId, int block) {
    ColumnFooter column = column(columnId);
    BlockSummary summary = column.blocks().get(block);
    Supplier<String> place = () -> "block " + block + " of column " + columnId;
    byte[] bytes = read(column.blockOffset(block), Math.toIntExact(summary.encodedBytes()), place);
    Block opened;
    try {
      opened = BlockReader.read(bytes, column.physical());
    } catch (MalformedBytesException e) {
      throw corrupted(place.get(), e.reason(), e);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw corrupted(place.get(), "inconsistent lengths", e);
    }
    if (opened.rowCount() != summary.rowCount()) {
      throw corrupted(
          place.get(),
          opened.rowCount() + " rows instead of " + summary.rowCount(),
          new MalformedBytesException("row count"));
    }
    return opened;
  }

  /// Adds what the rowset knows of a column to `target`; nothing if it has no such column.
  public void addTo(ColumnTotals target, int columnId) {
    ColumnFooter column = footer().columns().get(columnId);
    if (column != null) {
      target.add(column, reference.rowCount());
    }
  }

  /// All columns, in the order of their blocks.
  List<ColumnFooter> columns() {
    return List.copyOf(footer().columns().values());
  }

  /// True if the first bytes are those of a rowset; nobody else looks at them.
  boolean startsAsOne() {
    byte[] magic = RowsetWriter.MAGIC;
    return Arrays.equals(read(0, magic.length, () -> "the start"), magic);
  }

  private ColumnFooter column(int columnId) {
    ColumnFooter column = footer().columns().get(columnId);
    if (column == null) {
      throw new IllegalArgumentException(
          "rowset " + reference.rowsetId() + " has no column " + columnId);
    }
    return column;
  }

  private RowsetFooter footer() {
    RowsetFooter known = footer;
    if (known == null) {
      known = readTwice(this::readFooter);
      footer = known;
    }
    return known;
  }

  private RowsetFooter readFooter() {
    String place = "the footer";
    byte[] bytes =
        read(reference.bytes() - reference.footerBytes(), reference.footerBytes(), () -> place);
    try {
      RowsetFooter read = RowsetFooter.read(bytes);
      if (read.rowCount() != reference.rowCount()) {
        throw new MalformedBytesException("the footer is of another rowset");
      }
      return read;
    } catch (MalformedBytesException e) {
      throw corrupted(place, e.reason(), e);
    }
  }

  private byte[] read(long offset, int length, Supplier<String> place) {
    if (reference.isInline()) {
      return Arrays.copyOfRange(reference.inline(), (int) offset, (int) offset + length);
    }
    try {
      return store.read(reference.objectKey(), offset, length);
    } catch (SqlException e) {
      throw e.state() == SqlState.UNDEFINED_FILE || e.state() == SqlState.DATA_CORRUPTED
          ? corrupted(place.get(), e.message(), e)
          : e;
    }
  }

  private SqlException corrupted(String place, String reason, Exception cause) {
    String object =
        reference.isInline()
            ? "rowset " + reference.rowsetId() + " of table " + reference.tableId()
            : "object \"" + reference.objectKey() + "\"";
    if (cause instanceof UnknownVersionException later) {
      return later.of(object);
    }
    return new SqlException(
            SqlState.DATA_CORRUPTED, object + " is damaged: " + place + ": " + reason, cause)
        .withHint("Restore the object from a backup; other tables are not affected.");
  }
}
