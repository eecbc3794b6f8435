package io.redward.storage.cache;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.bytes.MalformedBytesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was most used, hottest first, for the next process to begin with. In a file, little-endian:
/// magic `RWHS`, version, CRC-32C of the other bytes, the namespace's name, the blocks, the ranges.
///
/// @param namespace whose blocks these are, as the disk tier names it; empty without one
/// @param blocks of the memory tier
/// @param ranges of the disk tier
public record HotSet(String namespace, List<HotBlock> blocks, List<HotRange> ranges) {
  public static final HotSet EMPTY = new HotSet("", List.of(), List.of());

  private static final Logger LOGGER = LoggerFactory.getLogger(HotSet.class);
  private static final int MAGIC = 0x5348_5752;
  private static final int VERSION = 1;
  private static final int CHECKSUM_OFFSET = 5;
  private static final int BLOCK_BYTES = 16;
  private static final int LEAST_RANGE_BYTES = 20;

  /// What is recorded in a file; empty if nothing is, or nothing that can be read.
  public static HotSet read(Path file) {
    try {
      return of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return EMPTY;
    } catch (IOException | MalformedBytesException e) {
      LOGGER.warn("what was hot is not known, {} cannot be read: {}", file, e.toString());
      return EMPTY;
    }
  }

  /// Replaces what is recorded in a file.
  public void write(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, toBytes());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] toBytes() {
    ByteWriter out = new ByteWriter();
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeInt(0);
    out.writeText(namespace);
    out.writeInt(blocks.size());
    for (HotBlock block : blocks) {
      out.writeInt(block.key().rowsetId());
      out.writeInt(block.key().columnId());
      out.writeInt(block.key().block());
      out.writeInt(block.heat());
    }
    out.writeInt(ranges.size());
    for (HotRange hot : ranges) {
      out.writeText(hot.range().object());
      out.writeLong(hot.range().offset());
      out.writeInt(hot.range().length());
      out.writeInt(hot.heat());
    }
    out.setInt(CHECKSUM_OFFSET, Checksum.aroundHole(out.toByteArray(), CHECKSUM_OFFSET));
    return out.toByteArray();
  }

  static HotSet of(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    if (in.readInt() != MAGIC || in.readByte() != VERSION) {
      throw new MalformedBytesException("not a hot set");
    }
    if (in.readInt() != Checksum.aroundHole(bytes, CHECKSUM_OFFSET)) {
      throw new MalformedBytesException("checksum mismatch");
    }
    String namespace = in.readText();
    List<HotBlock> blocks = new ArrayList<>();
    for (int left = in.readCount(BLOCK_BYTES); left > 0; left--) {
      blocks.add(
          new HotBlock(new BlockKey(in.readInt(), in.readInt(), in.readInt()), in.readInt()));
    }
    List<HotRange> ranges = new ArrayList<>();
    for (int left = in.readCount(LEAST_RANGE_BYTES); left > 0; left--) {
      ranges.add(
          new HotRange(new BlockRange(in.readText(), in.readLong(), in.readInt()), in.readInt()));
    }
    in.expectEnd();
    return new HotSet(namespace, blocks, ranges);
  }
}
