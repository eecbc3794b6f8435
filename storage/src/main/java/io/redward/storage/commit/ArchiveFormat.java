package io.redward.storage.commit;

import io.redward.storage.block.encoding.Codec;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;

/// Commits of a stretch of the log as one object, little-endian: `int` magic `RWCA`, `byte` version
/// 1, `long` position of the first, `int` commits, `byte` codec, `int` length without the codec,
/// blob; under the codec the [CommitFormat] objects as they were, each a blob; at last CRC-32C of
/// all before. The same commits always make the same archive, whoever writes it.
final class ArchiveFormat {
  private static final int MAGIC = 0x4143_5752;
  private static final int VERSION = 1;

  private ArchiveFormat() {}

  /// @param first position of the first commit
  /// @param commits the objects, one a position
  record Archive(long first, List<byte[]> commits) {
    boolean holds(long position) {
      return position >= first && position < first + commits.size();
    }

    byte[] commit(long position) {
      return commits.get((int) (position - first));
    }

    long bytes() {
      return commits.stream().mapToLong(commit -> commit.length + 4L).sum();
    }
  }

  static byte[] write(Archive archive) {
    ByteWriter commits = new ByteWriter((int) Math.max(64, archive.bytes()));
    archive.commits().forEach(commits::writeBlob);
    ByteWriter out = new ByteWriter(1024);
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeLong(archive.first());
    out.writeInt(archive.commits().size());
    out.writeByte(Codec.ZSTD.ordinal());
    out.writeInt(commits.size());
    out.writeBlob(Codec.ZSTD.compress(commits.array(), commits.size()));
    out.writeInt(Checksum.of(out.array(), 0, out.size()));
    return out.toByteArray();
  }

  /// The archive of a stretch, each commit checked to be whole and of its position.
  static Archive read(byte[] bytes, Stretch stretch) {
    ByteReader in = CommitFormat.body(bytes, MAGIC, VERSION, "archive of commits").in();
    long first = in.readLong();
    int count = in.readInt();
    if (first != stretch.first() || count != stretch.last() - first + 1) {
      throw new MalformedBytesException(
          "it is of " + count + " commits from position " + first + " on");
    }
    Codec codec = Codec.of(in.readByte());
    int expandedBytes = in.readInt();
    int length = in.readCount(1);
    int from = in.skip(length);
    in.expectEnd();
    ByteReader expanded = new ByteReader(codec.decompress(in.array(), from, length, expandedBytes));
    List<byte[]> commits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] commit = expanded.readBlob();
      if (CommitFormat.position(commit) != first + i) {
        throw new MalformedBytesException("the commit at " + (first + i) + " is another one");
      }
      commits.add(commit);
    }
    expanded.expectEnd();
    return new Archive(first, commits);
  }
}
