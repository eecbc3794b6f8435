package io.redward.storage.block.encoding;

import io.redward.storage.bytes.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/// Encodes doubles, bit for bit (the signs of zeros and NaNs' payloads included).
final class DoubleEncoder {
  private static final int DICTIONARY_LIMIT = 4096;
  private static final int DECLARED_DICTIONARY_LIMIT = 1 << 16;
  private static final int ROWS_PER_RUN = 64;
  private static final int MAX_DECIMALS = 10;
  private static final int SAMPLE_ROWS = 256;
  private static final double MAX_DIGITS = 1L << 52;
  private static final int ROWS_PER_EXCEPTION = 32;

  /// Split doubles decode slower than values that lie there as they are, so they must save some.
  private static final double SPLIT_GAIN = 0.92;

  private final double[] values;
  private final int rowCount;

  DoubleEncoder(double[] values, int rowCount) {
    this.values = values;
    this.rowCount = rowCount;
  }

  EncodedBody encode(EncodingChoice choice) {
    long[] bits = new long[rowCount];
    for (int i = 0; i < rowCount; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    int runs = rowCount == 0 ? 1 : Runs.count(bits, rowCount);
    if (runs == 1) {
      ByteWriter out = new ByteWriter(8);
      out.writeDoubles(values, rowCount == 0 ? 0 : 1);
      return new EncodedBody(Encoding.CONSTANT, Codec.NONE, out);
    }
    return switch (choice) {
      case RAW -> raw(Codec.NONE);
      case ZSTD -> raw(Codec.ZSTD);
      case LZ4 -> raw(Codec.LZ4);
      case RUNLENGTH -> runs(bits, runs);
      case DICTIONARY ->
          LongDictionary.of(bits, rowCount, DECLARED_DICTIONARY_LIMIT)
              .map(this::dictionary)
              .orElseGet(() -> cheapest(bits, runs));
      case AUTO, DELTA8, DELTA16, MOSTLY8, MOSTLY16, MOSTLY32, TEXT -> cheapest(bits, runs);
    };
  }

  private EncodedBody cheapest(long[] bits, int runs) {
    if ((long) runs * ROWS_PER_RUN < rowCount) {
      return runs(bits, runs);
    }
    Optional<LongDictionary> dictionary =
        LongDictionary.of(bits, rowCount, Math.min(DICTIONARY_LIMIT, rowCount / 8));
    EncodedBody best = floats().orElseGet(() -> raw(Codec.NONE));
    EncodedBody scaled = scaled(bits, decimals());
    if (scaled.bytes().size() < best.bytes().size()) {
      best = scaled;
    }
    if (best.encoding() != Encoding.SCALED) {
      double limit = best.bytes().size() * SPLIT_GAIN;
      best =
          DoubleCut.best(bits, rowCount)
              .encode(bits, rowCount)
              .filter(split -> split.bytes().size() < limit)
              .orElse(best);
    }
    if (dictionary.isPresent()) {
      EncodedBody coded = dictionary(dictionary.get());
      if (coded.bytes().size() < best.bytes().size() * 0.75) {
        best = coded;
      }
    }
    return best;
  }

  /// Bytes: the ends of the runs, `double` values.
  private EncodedBody runs(long[] bits, int runs) {
    int[] ends = Runs.ends(bits, rowCount, runs);
    ByteWriter out = new ByteWriter(4 + runs * 12);
    Runs.writeEnds(out, ends);
    for (int end : ends) {
      out.writeLong(bits[end - 1]);
    }
    return new EncodedBody(Encoding.RUNLENGTH, Codec.NONE, out);
  }

  private EncodedBody raw(Codec codec) {
    ByteWriter out = new ByteWriter(rowCount * 8);
    out.writeDoubles(values, rowCount);
    return new EncodedBody(Encoding.RAW, codec, out);
  }

  /// The values as `float`s if that changes none of them, as is the case for a REAL column.
  private Optional<EncodedBody> floats() {
    ByteWriter out = new ByteWriter(rowCount * 4);
    for (int i = 0; i < rowCount; i++) {
      float narrow = (float) values[i];
      if (Double.doubleToRawLongBits(narrow) != Double.doubleToRawLongBits(values[i])) {
        return Optional.empty();
      }
      out.writeInt(Float.floatToRawIntBits(narrow));
    }
    return Optional.of(new EncodedBody(Encoding.NARROWED, Codec.NONE, out));
  }

  private EncodedBody dictionary(LongDictionary dictionary) {
    ByteWriter out = new ByteWriter(rowCount * 2);
    out.writeInt(dictionary.entries().length);
    out.writeLongs(dictionary.entries(), dictionary.entries().length);
    IntegerEncoder.writeCodes(out, dictionary.codes());
    return new EncodedBody(Encoding.DICTIONARY, Codec.NONE, out);
  }

  /// The decimals with which most of a sample can be written exactly, or -1.
  private int decimals() {
    int best = -1;
    int bestHits = 0;
    int step = Math.max(1, rowCount / SAMPLE_ROWS);
    double divisor = 1;
    for (int decimals = 0; decimals <= MAX_DECIMALS; decimals++, divisor *= 10) {
      int hits = 0;
      for (int i = 0; i < rowCount; i += step) {
        hits += exact(values[i], divisor) ? 1 : 0;
      }
      if (hits > bestHits) {
        bestHits = hits;
        best = decimals;
      }
    }
    return best;
  }

  private static boolean exact(double value, double divisor) {
    double digits = Math.rint(value * divisor);
    return Math.abs(digits) <= MAX_DIGITS
        && Double.doubleToRawLongBits((long) digits / divisor) == Double.doubleToRawLongBits(value);
  }

  /// Bytes: `double` divisor, the exceptions, the digits as packed 8-byte integers. The raw form if
  /// too many values are exceptions.
  private EncodedBody scaled(long[] bits, int decimals) {
    if (decimals < 0) {
      return raw(Codec.NONE);
    }
    double divisor = Math.pow(10, decimals);
    long[] digits = new long[rowCount];
    int[] rows = new int[rowCount];
    long[] exceptions = new long[rowCount];
    int found = 0;
    for (int i = 0; i < rowCount; i++) {
      if (exact(values[i], divisor)) {
        digits[i] = (long) Math.rint(values[i] * divisor);
      } else {
        rows[found] = i;
        exceptions[found++] = bits[i];
        digits[i] = i == 0 ? 0 : digits[i - 1];
      }
    }
    if ((long) found * ROWS_PER_EXCEPTION > rowCount) {
      return raw(Codec.NONE);
    }
    ByteWriter out = new ByteWriter(rowCount * 4);
    out.writeLong(Double.doubleToRawLongBits(divisor));
    new Exceptions(Arrays.copyOf(rows, found), Arrays.copyOf(exceptions, found)).write(out);
    PackedFormat.writeLongs(
        out, PackingPlan.of(digits, rowCount, LongLanes.laneShift(rowCount), Long.BYTES));
    return new EncodedBody(Encoding.SCALED, Codec.NONE, out);
  }
}
