package io.redward.storage.commit;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.rowset.RowsetReference;

/// A reference to a rowset as bytes: `long` table, `long` table it was written for (from version 2
/// of commits and checkpoints on; the same before), `int` rowset, `int` rows, `long` bytes, `int`
/// footer bytes, and as a blob the rowset itself if it is inline.
final class ReferenceFormat {
  static final int MIN_BYTES = 32;

  private ReferenceFormat() {}

  static void write(ByteWriter out, RowsetReference rowset) {
    out.writeLong(rowset.tableId());
    out.writeLong(rowset.homeTableId());
    out.writeInt(rowset.rowsetId());
    out.writeInt(rowset.rowCount());
    out.writeLong(rowset.bytes());
    out.writeInt(rowset.footerBytes());
    out.writeBlob(rowset.inline());
  }

  /// @param version of the commit or checkpoint
  static RowsetReference read(ByteReader in, int version) {
    long tableId = in.readLong();
    return new RowsetReference(
        tableId,
        version < 2 ? tableId : in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readInt(),
        in.readBlob());
  }
}
