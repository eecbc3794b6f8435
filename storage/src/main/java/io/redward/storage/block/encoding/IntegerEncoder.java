package io.redward.storage.block.encoding;

import io.redward.storage.bytes.ByteWriter;
import java.util.Optional;

/// Encodes 4- and 8-byte integers. Everything is decided on 8-byte values; only the bytes written
/// differ.
final class IntegerEncoder {
  /// More distinct values than this are not looked for unless a dictionary is declared.
  private static final int AUTO_DICTIONARY_LIMIT = 2048;
  private static final int DECLARED_DICTIONARY_LIMIT = 1 << 16;
  /// A dictionary costs a look-up a value; it must save this much to be worth it.
  private static final double DICTIONARY_GAIN = 0.75;
  /// Shorter runs decode more slowly than packed values.
  private static final int ROWS_PER_RUN = 64;

  private final long[] values;
  private final int rowCount;
  private final boolean wide;

  /// @param wide true for 8-byte integers
  IntegerEncoder(long[] values, int rowCount, boolean wide) {
    this.values = values;
    this.rowCount = rowCount;
    this.wide = wide;
  }

  EncodedBody encode(EncodingChoice choice) {
    int runs = rowCount == 0 ? 1 : Runs.count(values, rowCount);
    if (runs == 1) {
      return constant();
    }
    return switch (choice) {
      case RAW -> raw(Codec.NONE);
      case ZSTD -> raw(Codec.ZSTD);
      case LZ4 -> raw(Codec.LZ4);
      case DELTA8 -> packedOrRaw(deltas(8));
      case DELTA16 -> packedOrRaw(deltas(16));
      case MOSTLY8 -> packedOrRaw(mostly(8));
      case MOSTLY16 -> packedOrRaw(mostly(16));
      case MOSTLY32 -> packedOrRaw(mostly(32));
      case RUNLENGTH -> runs(runs);
      case DICTIONARY ->
          LongDictionary.of(values, rowCount, DECLARED_DICTIONARY_LIMIT)
              .map(this::dictionary)
              .orElseGet(() -> cheapest(runs));
      case AUTO, TEXT -> cheapest(runs);
    };
  }

  private EncodedBody cheapest(int runs) {
    long runBytes = runs * (4L + valueBytes());
    PackingPlan plan = plan();
    if ((long) runs * ROWS_PER_RUN < rowCount && runBytes < plan.bytes()) {
      return runs(runs);
    }
    if (plan.width() > 4) {
      Optional<LongDictionary> dictionary =
          LongDictionary.of(values, rowCount, Math.min(AUTO_DICTIONARY_LIMIT, rowCount / 4));
      if (dictionary.isPresent()) {
        LongDictionary found = dictionary.get();
        long bytes =
            (long) found.entries().length * valueBytes() + (long) rowCount * found.codeBits() / 8;
        if (bytes < plan.bytes() * DICTIONARY_GAIN) {
          return dictionary(found);
        }
      }
    }
    return packedOrRaw(plan);
  }

  private EncodedBody packedOrRaw(PackingPlan plan) {
    return plan.bytes() < (long) rowCount * valueBytes() ? packed(plan) : raw(Codec.NONE);
  }

  private PackingPlan plan() {
    return PackingPlan.of(values, rowCount, laneShift(), valueBytes());
  }

  private PackingPlan deltas(int bits) {
    return PackingPlan.deltasOf(values, rowCount, laneShift(), valueBytes(), bits);
  }

  private PackingPlan mostly(int bits) {
    return PackingPlan.mostly(values, rowCount, laneShift(), valueBytes(), bits);
  }

  private int laneShift() {
    return wide ? LongLanes.laneShift(rowCount) : IntLanes.laneShift(rowCount);
  }

  private int valueBytes() {
    return wide ? Long.BYTES : Integer.BYTES;
  }

  private EncodedBody constant() {
    ByteWriter out = new ByteWriter(8);
    writeValues(out, values, rowCount == 0 ? 0 : 1);
    return new EncodedBody(Encoding.CONSTANT, Codec.NONE, out);
  }

  private EncodedBody raw(Codec codec) {
    ByteWriter out = new ByteWriter(rowCount * valueBytes());
    writeValues(out, values, rowCount);
    return new EncodedBody(Encoding.RAW, codec, out);
  }

  private EncodedBody packed(PackingPlan plan) {
    ByteWriter out = new ByteWriter((int) plan.bytes() + 64);
    if (wide) {
      PackedFormat.writeLongs(out, plan);
    } else {
      PackedFormat.writeInts(out, plan);
    }
    return new EncodedBody(Encoding.PACKED, Codec.NONE, out);
  }

  private EncodedBody runs(int runs) {
    int[] ends = Runs.ends(values, rowCount, runs);
    ByteWriter out = new ByteWriter(4 + runs * (4 + valueBytes()));
    Runs.writeEnds(out, ends);
    long[] runValues = new long[runs];
    for (int run = 0; run < runs; run++) {
      runValues[run] = values[ends[run] - 1];
    }
    writeValues(out, runValues, runs);
    return new EncodedBody(Encoding.RUNLENGTH, Codec.NONE, out);
  }

  private EncodedBody dictionary(LongDictionary dictionary) {
    ByteWriter out = new ByteWriter(rowCount + dictionary.entries().length * 8);
    out.writeInt(dictionary.entries().length);
    writeValues(out, dictionary.entries(), dictionary.entries().length);
    writeCodes(out, dictionary.codes());
    return new EncodedBody(Encoding.DICTIONARY, Codec.NONE, out);
  }

  static void writeCodes(ByteWriter out, long[] codes) {
    PackedFormat.writeInts(
        out,
        PackingPlan.frames(codes, codes.length, IntLanes.laneShift(codes.length), Integer.BYTES));
  }

  private void writeValues(ByteWriter out, long[] source, int count) {
    if (wide) {
      out.writeLongs(source, count);
      return;
    }
    int[] narrow = new int[count];
    for (int i = 0; i < count; i++) {
      narrow[i] = (int) source[i];
    }
    out.writeInts(narrow, count);
  }
}
