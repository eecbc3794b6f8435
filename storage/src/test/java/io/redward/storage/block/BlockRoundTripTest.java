package io.redward.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.storage.table.Block;
import io.redward.storage.table.ValueBounds;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is encoded decodes to the same values, whatever the encoding, the values and the rows asked
/// for.
final class BlockRoundTripTest {
  private static final String[] ENCODINGS = {
    "auto",
    "raw",
    "az64",
    "runlength",
    "bytedict",
    "zstd",
    "lzo",
    "delta",
    "delta32k",
    "mostly8",
    "mostly16",
    "mostly32",
    "text255",
    "text32k"
  };

  /// Seeds are in the message of a failure: `smallBlock(SEED)` repeats it alone.
  @Test
  void smallBlocksRoundTrip() {
    for (int seed = 0; seed < 600; seed++) {
      try {
        smallBlock(seed);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
  }

  private static void smallBlock(long seed) {
    Random random = new Random(seed);
    check(
        one(Physical.values(), random),
        one(SampleColumns.Pattern.values(), random),
        one(SampleColumns.Nulls.values(), random),
        one(ENCODINGS, random),
        rowCount(random),
        random.nextLong());
  }

  private static <T> T one(T[] values, Random random) {
    return values[random.nextInt(values.length)];
  }

  /// From 1 to 3,000, often an edge of a word or of a run of packed values.
  private static int rowCount(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 1 + random.nextInt(2);
      case 1 -> 2_999 + random.nextInt(2);
      case 2 -> 64 * (1 + random.nextInt(40)) + random.nextInt(3) - 1;
      case 3 -> 1 + random.nextInt(100);
      default -> 1 + random.nextInt(3_000);
    };
  }

  @Test
  void fullBlocksOfEveryKindRoundTrip() {
    for (Physical physical : Physical.values()) {
      for (SampleColumns.Pattern pattern : SampleColumns.Pattern.values()) {
        for (String encoding : new String[] {"auto", "bytedict", "runlength", "delta", "text255"}) {
          check(physical, pattern, SampleColumns.Nulls.NONE, encoding, 65_536, 42);
        }
        check(physical, pattern, SampleColumns.Nulls.SOME, "auto", 65_535, 43);
      }
    }
  }

  @Test
  void everyWidthRoundTrips() {
    for (int width = 0; width <= 64; width++) {
      for (int rowCount : new int[] {1, 31, 64, 65, 2_049, 5_000}) {
        Random random = new Random(width);
        LongVector longs = new LongVector(rowCount);
        IntVector ints = new IntVector(rowCount);
        for (int row = 0; row < rowCount; row++) {
          long value = width == 0 ? 0 : random.nextLong() >>> 64 - width;
          longs.values[row] = value - 5;
          ints.values[row] = (int) value;
        }
        checkDecoding(longs, rowCount, encode(longs, rowCount, "az64"), random);
        checkDecoding(ints, rowCount, encode(ints, rowCount, "az64"), random);
      }
    }
  }

  @Test
  void longStringsSpreadOverPages() {
    int rowCount = 600;
    BytesVector strings = new BytesVector(rowCount);
    Random random = new Random(1);
    byte[] value = new byte[65_535];
    for (int row = 0; row < rowCount; row++) {
      random.nextBytes(value);
      strings.append(row, value, 0, value.length - random.nextInt(3));
    }
    for (String encoding : new String[] {"auto", "raw", "bytedict", "text255", "runlength"}) {
      checkDecoding(strings, rowCount, encode(strings, rowCount, encoding), random);
    }
  }

  private static void check(
      Physical physical,
      SampleColumns.Pattern pattern,
      SampleColumns.Nulls nulls,
      String encoding,
      int rowCount,
      long seed) {
    Vector original = SampleColumns.make(physical, pattern, nulls, rowCount, seed);
    Vector copy = SampleColumns.make(physical, pattern, nulls, rowCount, seed);
    EncodedBlock block = encode(copy, rowCount, encoding);
    checkDecoding(original, rowCount, block, new Random(seed));
    checkSummary(original, rowCount, block);
  }

  private static EncodedBlock encode(Vector vector, int rowCount, String encoding) {
    return BlockWriter.encode(vector, rowCount, encoding);
  }

  private static void checkDecoding(
      Vector original, int rowCount, EncodedBlock encoded, Random random) {
    Block block = BlockReader.read(encoded.bytes(), original.physical());
    assertThat(block.rowCount()).isEqualTo(rowCount);
    checkRange(original, block, 0, rowCount);
    for (int i = 0; i < (rowCount > 10_000 ? 1 : 4); i++) {
      int from = random.nextInt(rowCount);
      int count = 1 + random.nextInt(rowCount - from);
      checkRange(original, block, from, count);
      checkSelected(original, block, from, count, random);
    }
    checkRanges(original, block, random);
    if (block.dictionarySize() > 0) {
      checkDictionary(original, block, rowCount);
    }
  }

  private static void checkRange(Vector original, Block block, int from, int count) {
    Vector out = Vector.of(original.physical(), count);
    block.decode(from, count, out);
    for (int i = 0; i < count; i++) {
      checkRow(original, from + i, out, i);
    }
  }

  private static void checkSelected(
      Vector original, Block block, int from, int count, Random random) {
    int[] selection = new int[count];
    int selected = 0;
    for (int i = 0; i < count; i++) {
      if (random.nextInt(5) == 0) {
        selection[selected++] = i;
      }
    }
    Vector out = Vector.of(original.physical(), count);
    block.decodeSelected(from, selection, selected, out);
    for (int i = 0; i < selected; i++) {
      checkRow(original, from + selection[i], out, selection[i]);
    }
  }

  /// Ranges around values that are there, exclusive neighbours of them, and the largest there are.
  private static void checkRanges(Vector original, Block block, Random random) {
    int rowCount = block.rowCount();
    int[] selection = new int[rowCount];
    for (int i = 0; i < 6; i++) {
      int from = random.nextInt(rowCount);
      int count = 1 + random.nextInt(rowCount - from);
      long a = RowSpans.number(original, random.nextInt(rowCount), random.nextInt(3) - 1);
      long b = i == 0 ? Long.MAX_VALUE : RowSpans.number(original, random.nextInt(rowCount), 0);
      long low = i == 1 ? Long.MIN_VALUE : Math.min(a, b);
      long high = Math.max(a, b);
      if (original instanceof IntVector || original instanceof LongVector) {
        RowSpans.check(original, block, low, high);
      }
      int found = block.selectBetween(from, count, low, high, selection);
      if (found < 0) {
        continue;
      }
      int at = 0;
      for (int row = 0; row < count; row++) {
        if (RowSpans.isBetween(original, from + row, low, high)) {
          assertThat(at).isLessThan(found);
          assertThat(selection[at++]).isEqualTo(row);
        }
      }
      assertThat(found).as("rows in [%d, %d]", low, high).isEqualTo(at);
    }
  }

  private static void checkDictionary(Vector original, Block block, int rowCount) {
    Vector entries = Vector.of(original.physical(), block.dictionarySize());
    block.decodeDictionary(entries);
    int[] codes = new int[rowCount];
    block.decodeCodes(0, rowCount, codes);
    for (int row = 0; row < rowCount; row++) {
      if (!original.isNull(row)) {
        checkRow(original, row, entries, codes[row]);
      }
    }
  }

  private static void checkRow(Vector original, int row, Vector out, int at) {
    boolean same =
        original.isNull(row)
            ? out.isNull(at)
            : !out.isNull(at) && value(original, row).equals(value(out, at));
    if (!same) {
      assertThat(out.isNull(at) ? "null" : value(out, at))
          .as("row %d", row)
          .isEqualTo(original.isNull(row) ? "null" : value(original, row));
    }
  }

  private static Object value(Vector vector, int row) {
    return switch (vector) {
      case IntVector ints -> ints.values[row];
      case LongVector longs -> longs.values[row];
      case DoubleVector doubles -> Double.doubleToRawLongBits(doubles.values[row]);
      case Int128Vector wide -> new Int128(wide.high[row], wide.low[row]);
      case BytesVector bytes -> ByteBuffer.wrap(bytes.copy(row));
    };
  }

  private static void checkSummary(Vector original, int rowCount, EncodedBlock block) {
    int nulls = 0;
    for (int row = 0; row < rowCount; row++) {
      nulls += original.isNull(row) ? 1 : 0;
    }
    assertThat(block.summary().nullCount()).isEqualTo(nulls);
    assertThat(block.summary().encodedBytes()).isEqualTo(block.bytes().length);
    assertThat(block.summary().bounds().isEmpty()).isEqualTo(nulls == rowCount);
    if (nulls < rowCount) {
      ValueBounds bounds = block.summary().bounds().orElseThrow();
      for (int row = 0; row < rowCount; row++) {
        if (!original.isNull(row) && !within(original, row, bounds)) {
          assertThat(value(original, row)).as("row %d in %s", row, bounds).isNull();
        }
      }
    }
  }

  private static boolean within(Vector vector, int row, ValueBounds bounds) {
    return switch (vector) {
      case IntVector ints ->
          bounds instanceof ValueBounds.Longs(long min, long max)
              && min <= ints.values[row]
              && ints.values[row] <= max;
      case LongVector longs ->
          bounds instanceof ValueBounds.Longs(long min, long max)
              && min <= longs.values[row]
              && longs.values[row] <= max;
      case DoubleVector doubles ->
          bounds instanceof ValueBounds.Doubles(double min, double max)
              && Double.compare(min, doubles.values[row]) <= 0
              && Double.compare(doubles.values[row], max) <= 0;
      case Int128Vector wide ->
          bounds instanceof ValueBounds.Int128s(Int128 min, Int128 max)
              && min.compareTo(new Int128(wide.high[row], wide.low[row])) <= 0
              && max.compareTo(new Int128(wide.high[row], wide.low[row])) >= 0;
      case BytesVector bytes ->
          bounds instanceof ValueBounds.Bytes(byte[] min, byte[] max)
              && Arrays.compareUnsigned(min, trimmed(bytes.copy(row))) <= 0
              && Arrays.compareUnsigned(trimmed(bytes.copy(row)), max) <= 0;
    };
  }

  private static byte[] trimmed(byte[] value) {
    int length = value.length;
    while (length > 0 && value[length - 1] == ' ') {
      length--;
    }
    return Arrays.copyOf(value, length);
  }
}
