package io.redward.storage.commit;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.rowset.RowsetReference;

/// A reference to a rowset as bytes: `long` table, `int` rowset, `int` rows, `long` bytes, `int`
/// footer bytes, and as a blob the rowset itself if it is inline.
final class ReferenceFormat {
  static final int MIN_BYTES = 32;

  private ReferenceFormat() {}

  static void write(ByteWriter out, RowsetReference rowset) {
    out.writeLong(rowset.tableId());
    out.writeInt(rowset.rowsetId());
    out.writeInt(rowset.rowCount());
    out.writeLong(rowset.bytes());
    out.writeInt(rowset.footerBytes());
    out.writeBlob(rowset.inline());
  }

  static RowsetReference read(ByteReader in) {
    return new RowsetReference(
        in.readLong(), in.readInt(), in.readInt(), in.readLong(), in.readInt(), in.readBlob());
  }
}
