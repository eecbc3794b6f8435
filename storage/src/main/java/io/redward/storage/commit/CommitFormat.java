package io.redward.storage.commit;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.bytes.UnknownVersionException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.rowset.RowsetFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A commit object as bytes, little-endian: `int` magic `RWCM`, `byte` version 3, `long` log
/// position, two `long`s of the writer's id, `long` the writer's attempt, `long` time in
/// microseconds since 1970 (not in version 1), `int` transactions, each as six counted lists
/// (entries put: text and blob; entries removed: text; tables truncated: `long`; rowsets replaced:
/// `long` table, `int` rowset, [RowMoves] (not before version 3); rowsets added: [ReferenceFormat];
/// rows deleted: `long` table, `int` rowset, [RowListFormat]); at last CRC-32C of all before.
///
/// Writer and attempt are unique to one `putIfAbsent`: whoever finds a key taken sees by them
/// whether the object there is its own.
final class CommitFormat {
  private static final int MAGIC = 0x4D43_5752;
  private static final int VERSION = 3;

  private CommitFormat() {}

  /// Who wrote a commit, in which attempt.
  record Author(long writerHigh, long writerLow, long attempt) {}

  /// A commit read back.
  record Commit(long position, Author author, long committedMicros, List<Changes> transactions) {}

  static byte[] write(Commit commit) {
    ByteWriter out = new ByteWriter(1024);
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeLong(commit.position());
    out.writeLong(commit.author().writerHigh());
    out.writeLong(commit.author().writerLow());
    out.writeLong(commit.author().attempt());
    out.writeLong(commit.committedMicros());
    out.writeInt(commit.transactions().size());
    for (Changes changes : commit.transactions()) {
      write(out, changes);
    }
    out.writeInt(Checksum.of(out.array(), 0, out.size()));
    return out.toByteArray();
  }

  /// @param store where the rowsets are that the commit adds
  static Commit read(byte[] bytes, ObjectStore store) {
    Body body = body(bytes, MAGIC, VERSION, "commit");
    ByteReader in = body.in();
    long position = in.readLong();
    Author author = new Author(in.readLong(), in.readLong(), in.readLong());
    long committedMicros = body.version() < 2 ? 0 : in.readLong();
    int count = in.readCount(24);
    List<Changes> transactions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      transactions.add(readChanges(body, store));
    }
    in.expectEnd();
    return new Commit(position, author, committedMicros, transactions);
  }

  /// The log position of a commit.
  static long position(byte[] bytes) {
    return body(bytes, MAGIC, VERSION, "commit").in().readLong();
  }

  /// Who wrote a commit.
  static Author author(byte[] bytes) {
    ByteReader in = body(bytes, MAGIC, VERSION, "commit").in();
    in.readLong();
    return new Author(in.readLong(), in.readLong(), in.readLong());
  }

  /// When a commit was made, in microseconds since 1970; 0 if that was not kept.
  static long committedMicros(byte[] bytes) {
    Body body = body(bytes, MAGIC, VERSION, "commit");
    body.in().skip(32);
    return body.version() < 2 ? 0 : body.in().readLong();
  }

  /// What is between an object's version and its checksum.
  record Body(int version, ByteReader in) {}

  /// Checks magic, version and the checksum at the end.
  ///
  /// @param version the newest that is known
  static Body body(byte[] bytes, int magic, int version, String kind) {
    if (bytes.length < 9) {
      throw new MalformedBytesException("the bytes end early");
    }
    int end = bytes.length - 4;
    if (new ByteReader(bytes, end, 4).readInt() != Checksum.of(bytes, 0, end)) {
      throw new MalformedBytesException("checksum mismatch");
    }
    ByteReader in = new ByteReader(bytes, 0, end);
    if (in.readInt() != magic) {
      throw new MalformedBytesException("not a " + kind);
    }
    int found = in.readByte();
    if (found < 1 || found > version) {
      throw new UnknownVersionException(kind, found);
    }
    return new Body(found, in);
  }

  private static void write(ByteWriter out, Changes changes) {
    out.writeInt(changes.puts().size());
    for (Map.Entry<String, byte[]> put : changes.puts().entrySet()) {
      out.writeText(put.getKey());
      out.writeBlob(put.getValue());
    }
    out.writeInt(changes.removes().size());
    changes.removes().forEach(out::writeText);
    out.writeInt(changes.truncations().size());
    changes.truncations().forEach(out::writeLong);
    out.writeInt(changes.replaced().size());
    for (Map.Entry<Changes.RowsetKey, RowMoves> replaced : changes.moves().entrySet()) {
      out.writeLong(replaced.getKey().tableId());
      out.writeInt(replaced.getKey().rowsetId());
      replaced.getValue().write(out);
    }
    out.writeInt(changes.added().size());
    for (RowsetFile added : changes.added()) {
      ReferenceFormat.write(out, added.reference());
    }
    out.writeInt(changes.deletes().size());
    for (Map.Entry<Changes.RowsetKey, int[]> delete : changes.deletes().entrySet()) {
      out.writeLong(delete.getKey().tableId());
      out.writeInt(delete.getKey().rowsetId());
      RowListFormat.write(out, delete.getValue());
    }
  }

  private static Changes readChanges(Body body, ObjectStore store) {
    ByteReader in = body.in();
    Changes changes = new Changes();
    for (int left = in.readCount(8); left > 0; left--) {
      changes.put(in.readText(), in.readBlob());
    }
    for (int left = in.readCount(4); left > 0; left--) {
      changes.remove(in.readText());
    }
    for (int left = in.readCount(8); left > 0; left--) {
      changes.truncate(in.readLong());
    }
    for (int left = in.readCount(12); left > 0; left--) {
      Changes.RowsetKey key = new Changes.RowsetKey(in.readLong(), in.readInt());
      changes.replace(key, body.version() < 3 ? RowMoves.UNKNOWN : RowMoves.read(in));
    }
    for (int left = in.readCount(ReferenceFormat.MIN_BYTES); left > 0; left--) {
      changes.add(new RowsetFile(ReferenceFormat.read(in, body.version()), store));
    }
    for (int left = in.readCount(12); left > 0; left--) {
      Changes.RowsetKey key = new Changes.RowsetKey(in.readLong(), in.readInt());
      changes.delete(key, RowListFormat.read(in));
    }
    return changes;
  }
}
