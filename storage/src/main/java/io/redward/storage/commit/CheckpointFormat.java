package io.redward.storage.commit;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.rowset.RowsetReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A checkpoint as bytes, little-endian: `int` magic `RWCP`, `byte` version 2, `long` log position,
/// `long` time of the commit there in microseconds (not in version 1),
/// `int` largest rowset id ever used, the entries (`int` count; text and blob), the tables (`int`
/// count; `long` id, `long` content version, `int` rowsets, each a [ReferenceFormat], `int` deleted
/// rows and, if any, a [RowListFormat]); at last CRC-32C of all before.
final class CheckpointFormat {
  private static final int MAGIC = 0x5043_5752;
  private static final int VERSION = 2;

  private CheckpointFormat() {}

  static byte[] write(Superblock superblock) {
    ByteWriter out = new ByteWriter(4096);
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeLong(superblock.version());
    out.writeLong(superblock.committedMicros());
    out.writeInt(superblock.maxRowsetId());
    out.writeInt(superblock.entries().size());
    for (Map.Entry<String, Entry> entry : superblock.entries().entrySet()) {
      out.writeText(entry.getKey());
      out.writeBlob(entry.getValue().value());
    }
    out.writeInt(superblock.tables().size());
    for (TableState table : superblock.tables()) {
      out.writeLong(table.tableId());
      out.writeLong(table.contentVersion());
      out.writeInt(table.rowsets().size());
      for (RowsetState rowset : table.rowsets()) {
        ReferenceFormat.write(out, rowset.file().reference());
        out.writeInt(rowset.deletedCount());
        if (rowset.deletedCount() > 0) {
          RowListFormat.write(out, RowListFormat.ofBitmap(rowset.deleted()));
        }
      }
    }
    out.writeInt(Checksum.of(out.array(), 0, out.size()));
    return out.toByteArray();
  }

  static Superblock read(byte[] bytes, ObjectStore store) {
    CommitFormat.Body body = CommitFormat.body(bytes, MAGIC, VERSION, "checkpoint");
    ByteReader in = body.in();
    long version = in.readLong();
    long committedMicros = body.version() < 2 ? 0 : in.readLong();
    int maxRowsetId = in.readInt();
    TreeMap<String, Entry> entries = new TreeMap<>();
    for (int left = in.readCount(8); left > 0; left--) {
      entries.put(in.readText(), new Entry(in.readBlob()));
    }
    Map<Long, TableState> tables = new HashMap<>();
    for (int left = in.readCount(20); left > 0; left--) {
      long tableId = in.readLong();
      long contentVersion = in.readLong();
      int count = in.readCount(ReferenceFormat.MIN_BYTES);
      List<RowsetState> rowsets = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        RowsetReference reference = ReferenceFormat.read(in, body.version());
        RowsetState rowset = new RowsetState(new RowsetFile(reference, store));
        rowsets.add(in.readInt() > 0 ? rowset.withDeleted(RowListFormat.read(in)) : rowset);
      }
      tables.put(tableId, new TableState(tableId, rowsets, contentVersion));
    }
    in.expectEnd();
    return new Superblock(version, version, committedMicros, entries, tables, maxRowsetId);
  }
}
