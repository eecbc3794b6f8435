package io.redward.storage.block.encoding;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;

/// Packed integers as bytes: `byte` 1 if deltas, `byte` width, `long` least delta, `long` scale,
/// the rows' bases (`int` or `long` each), exceptions, words (`long` for 4-byte values; for 8-byte
/// values `int`, those of the low plane before those of the high one).
final class PackedFormat {
  private PackedFormat() {}

  static void writeInts(ByteWriter out, PackingPlan plan) {
    writeHead(out, plan);
    for (long base : plan.bases()) {
      out.writeInt((int) base);
    }
    plan.exceptions().write(out);
    long[] words = IntLanes.pack(plan.packed(), plan.packed().length, plan.width());
    out.writeLongs(words, words.length);
  }

  static void writeLongs(ByteWriter out, PackingPlan plan) {
    writeHead(out, plan);
    out.writeLongs(plan.bases(), plan.bases().length);
    plan.exceptions().write(out);
    int rowCount = plan.packed().length;
    int[] low = LongLanes.pack(plan.packed(), rowCount, 0, Math.min(32, plan.width()));
    out.writeInts(low, low.length);
    if (plan.width() > 32) {
      int[] high = LongLanes.pack(plan.packed(), rowCount, 32, plan.width() - 32);
      out.writeInts(high, high.length);
    }
  }

  static PackedInts readInts(ByteReader in, int rowCount) {
    boolean delta = in.readByte() != 0;
    int width = width(in, 32);
    int minDelta = (int) in.readLong();
    int scale = (int) scale(in, 0xFFFF_FFFFL);
    int shift = IntLanes.laneShift(rowCount);
    int[] bases = in.readInts(rowCount + (1 << shift) - 1 >> shift);
    Exceptions exceptions = Exceptions.read(in, rowCount);
    long[] words = in.readLongs(IntLanes.wordCount(rowCount, width));
    return new PackedInts(shift, width, delta, minDelta, scale, bases, words, exceptions);
  }

  static PackedLongs readLongs(ByteReader in, int rowCount) {
    boolean delta = in.readByte() != 0;
    int width = width(in, 64);
    long minDelta = in.readLong();
    long scale = scale(in, Long.MAX_VALUE);
    int shift = LongLanes.laneShift(rowCount);
    long[] bases = in.readLongs(rowCount + (1 << shift) - 1 >> shift);
    Exceptions exceptions = Exceptions.read(in, rowCount);
    int[] low = in.readInts(LongLanes.wordCount(rowCount, Math.min(32, width)));
    int[] high = width > 32 ? in.readInts(LongLanes.wordCount(rowCount, width - 32)) : new int[0];
    return new PackedLongs(shift, width, delta, minDelta, scale, bases, low, high, exceptions);
  }

  private static void writeHead(ByteWriter out, PackingPlan plan) {
    out.writeByte(plan.delta() ? 1 : 0);
    out.writeByte(plan.width());
    out.writeLong(plan.minDelta());
    out.writeLong(plan.scale());
  }

  private static long scale(ByteReader in, long max) {
    long scale = in.readLong();
    if (scale < 1 || scale > max) {
      throw new MalformedBytesException("a scale of " + scale);
    }
    return scale;
  }

  private static int width(ByteReader in, int max) {
    int width = in.readByte();
    if (width > max) {
      throw new MalformedBytesException("a width of " + width + " bits");
    }
    return width;
  }
}
