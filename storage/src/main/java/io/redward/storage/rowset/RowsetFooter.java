package io.redward.storage.rowset;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.storage.block.BoundsFormat;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.bytes.UnknownVersionException;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.ValueBounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The end of a rowset: `int` magic `RWRF`, `byte` version 2 or 3, `int` rows, the sort key (`int`
/// count and `int` column ids, `byte` 1 if interleaved), in version 3 the distribution key (`int`
/// column id), `int` columns; per column `int` id, its
/// type (text name of the kind, `int` precision, `int` scale), its declared encoding as text,
/// `long` offset of its first block, `long` value bytes, the distinct sketch, the sample
/// ([ValueSample]), `int` blocks and per block its encoding's name as text, `int` rows, `int`
/// nulls, `long` bytes, bounds; at last CRC-32C of all before.
record RowsetFooter(
    int rowCount,
    List<Integer> sortKey,
    boolean interleaved,
    OptionalInt distributionKey,
    Map<Integer, ColumnFooter> columns) {
  private static final int MAGIC = 0x4652_5752;
  private static final int VERSION = 2;
  /// Of tables with a distribution key.
  private static final int VERSION_WITH_DISTRIBUTION = 3;
  /// Before columns had samples.
  private static final int VERSION_WITHOUT_SAMPLES = 1;
  private static final int MIN_BLOCK_BYTES = 21;

  byte[] write() {
    ByteWriter out = new ByteWriter(1024);
    out.writeInt(MAGIC);
    out.writeByte(distributionKey.isPresent() ? VERSION_WITH_DISTRIBUTION : VERSION);
    out.writeInt(rowCount);
    out.writeInt(sortKey.size());
    sortKey.forEach(out::writeInt);
    out.writeByte(interleaved ? 1 : 0);
    distributionKey.ifPresent(out::writeInt);
    out.writeInt(columns.size());
    for (ColumnFooter column : columns.values()) {
      out.writeInt(column.columnId());
      out.writeText(column.column().type().kind().name());
      out.writeInt(column.column().type().precision());
      out.writeInt(column.column().type().scale());
      out.writeText(column.column().encoding());
      out.writeLong(column.offset());
      out.writeLong(column.valueBytes());
      column.sketch().write(out);
      column.sample().write(out);
      out.writeInt(column.blocks().size());
      for (BlockSummary block : column.blocks()) {
        out.writeText(block.encoding());
        out.writeInt(block.rowCount());
        out.writeInt(block.nullCount());
        out.writeLong(block.encodedBytes());
        BoundsFormat.write(out, block.bounds());
      }
    }
    out.writeInt(Checksum.of(out.array(), 0, out.size()));
    return out.toByteArray();
  }

  static RowsetFooter read(byte[] bytes) {
    if (bytes.length < 4) {
      throw new MalformedBytesException("the footer ends early");
    }
    ByteReader tail = new ByteReader(bytes, bytes.length - 4, 4);
    if (tail.readInt() != Checksum.of(bytes, 0, bytes.length - 4)) {
      throw new MalformedBytesException("checksum mismatch in the footer");
    }
    ByteReader in = new ByteReader(bytes, 0, bytes.length - 4);
    if (in.readInt() != MAGIC) {
      throw new MalformedBytesException("not a rowset's footer");
    }
    int version = in.readByte();
    if (version < VERSION_WITHOUT_SAMPLES || version > VERSION_WITH_DISTRIBUTION) {
      throw new UnknownVersionException("rowset", version);
    }
    int rowCount = in.readInt();
    List<Integer> sortKey = new ArrayList<>();
    for (int left = in.readCount(4); left > 0; left--) {
      sortKey.add(in.readInt());
    }
    boolean interleaved = in.readByte() != 0;
    OptionalInt distributionKey =
        version == VERSION_WITH_DISTRIBUTION ? OptionalInt.of(in.readInt()) : OptionalInt.empty();
    int columnCount = in.readCount(1);
    Map<Integer, ColumnFooter> columns = new LinkedHashMap<>();
    for (int i = 0; i < columnCount; i++) {
      ColumnFooter column = readColumn(in, version);
      columns.put(column.columnId(), column);
    }
    in.expectEnd();
    return new RowsetFooter(rowCount, sortKey, interleaved, distributionKey, columns);
  }

  private static ColumnFooter readColumn(ByteReader in, int version) {
    TableShape.Column column = readDeclaration(in);
    long offset = in.readLong();
    long valueBytes = in.readLong();
    DistinctSketch sketch = DistinctSketch.read(in);
    ValueSample sample =
        version == VERSION_WITHOUT_SAMPLES ? ValueSample.NONE : ValueSample.read(in);
    int blockCount = in.readCount(MIN_BLOCK_BYTES);
    List<BlockSummary> blocks = new ArrayList<>(blockCount);
    for (int i = 0; i < blockCount; i++) {
      String encoding = in.readText().intern();
      int rows = in.readInt();
      int nulls = in.readInt();
      long bytes = in.readLong();
      Optional<ValueBounds> bounds = BoundsFormat.read(in);
      blocks.add(new BlockSummary(encoding, rows, nulls, bytes, bounds));
    }
    return new ColumnFooter(column, offset, valueBytes, sketch, sample, blocks);
  }

  private static TableShape.Column readDeclaration(ByteReader in) {
    int id = in.readInt();
    String kind = in.readText();
    int precision = in.readInt();
    int scale = in.readInt();
    String encoding = in.readText();
    try {
      return new TableShape.Column(
          id, new SqlType(TypeKind.valueOf(kind), precision, scale), encoding);
    } catch (IllegalArgumentException e) {
      throw new MalformedBytesException("unknown type " + kind + " of column " + id);
    }
  }

  /// The shape of the table when the rowset was written.
  TableShape shape() {
    return new TableShape(
        columns.values().stream().map(ColumnFooter::column).toList(),
        sortKey,
        interleaved,
        distributionKey);
  }
}
