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
import io.redward.storage.table.RowSpan;
import io.redward.storage.table.ValueBounds;
import java.util.Arrays;
import java.util.List;
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
      long a = number(original, random.nextInt(rowCount), random.nextInt(3) - 1);
      long b = i == 0 ? Long.MAX_VALUE : number(original, random.nextInt(rowCount), 0);
      long low = i == 1 ? Long.MIN_VALUE : Math.min(a, b);
      long high = Math.max(a, b);
      if (original instanceof IntVector || original instanceof LongVector) {
        checkSpan(original, block, low, high);
      }
      int found = block.selectBetween(from, count, low, high, selection);
      if (found < 0) {
        continue;
      }
      int at = 0;
      for (int row = 0; row < count; row++) {
        long value = number(original, from + row, 0);
        if (!original.isNull(from + row) && value >= low && value <= high) {
          assertThat(at).isLessThan(found);
          assertThat(selection[at++]).isEqualTo(row);
        }
      }
      assertThat(found).as("rows in [%d, %d]", low, high).isEqualTo(at);
    }
  }

  private static void checkSpan(Vector original, Block block, long low, long high) {
    RowSpan span = block.spanBetween(low, high);
    for (int row = 0; row < block.rowCount(); row++) {
      long value = number(original, row, 0);
      if (!original.isNull(row) && value >= low && value <= high) {
        assertThat(row).as("a row in [%d, %d]", low, high).isBetween(span.from(), span.to() - 1);
      }
    }
  }

  /// Rising within every stretch that is packed together, falling from one to the next; and a fall
  /// so deep that the difference of two values overflows to a positive one.
  @Test
  void columnsThatRiseInPartsTellNoWrongSpan() {
    int rows = 16_384;
    for (int period : new int[] {1_024, 2_048, 4_096, 5_000}) {
      LongVector longs = new LongVector(rows);
      IntVector ints = new IntVector(rows);
      LongVector deep = new LongVector(rows);
      IntVector deepInts = new IntVector(rows);
      for (int row = 0; row < rows; row++) {
        int saw = row % period * 3 + row / period;
        longs.values[row] = saw;
        ints.values[row] = saw;
        deep.values[row] = Long.MAX_VALUE - 1_000L * period + row * 1_000L;
        deepInts.values[row] = Integer.MAX_VALUE - 1_000 * period + row * 1_000;
      }
      Random random = new Random(period);
      for (Vector vector : List.of(longs, ints, deep, deepInts)) {
        Block block = BlockReader.read(encode(vector, rows, "az64").bytes(), vector.physical());
        for (int i = 0; i < 200; i++) {
          long value = number(vector, random.nextInt(rows), 0);
          checkSpan(vector, block, value, value);
        }
      }
    }
  }

  @Test
  void aRisingColumnTellsWhereAValueIs() {
    LongVector rising = new LongVector(65_536);
    for (int row = 0; row < 65_536; row++) {
      rising.values[row] = row * 3L;
    }
    Block block = BlockReader.read(encode(rising, 65_536, "az64").bytes(), Physical.LONG);
    RowSpan span = block.spanBetween(90_000, 90_010);
    assertThat(span.from()).isBetween(1, 30_000);
    assertThat(span.to() - span.from()).isBetween(4, 4_096);
    RowSpan none = block.spanBetween(1_000_000, 2_000_000);
    assertThat(none.from()).as("nothing is so large").isGreaterThanOrEqualTo(none.to());
  }

  /// Keys that rise by steps of one and now and then by a hundred thousand, as they do in a table
  /// that several files were loaded into: the leaps are kept apart from the packed differences.
  @Test
  void aRisingColumnWithLeapsTellsWhereAValueIs() {
    LongVector longs = new LongVector(65_536);
    IntVector ints = new IntVector(65_536);
    Random random = new Random(7);
    int key = -40_000_000;
    for (int row = 0; row < 65_536; row++) {
      key += random.nextInt(700) == 0 ? 100_000 : 1;
      longs.values[row] = key;
      ints.values[row] = key;
    }
    for (Vector vector : List.of(longs, ints)) {
      Block block = BlockReader.read(encode(vector, 65_536, "az64").bytes(), vector.physical());
      for (int i = 0; i < 200; i++) {
        int row = random.nextInt(65_536);
        long from = number(vector, row, random.nextInt(3));
        checkSpan(vector, block, from, from + random.nextInt(5));
        RowSpan span = block.spanBetween(number(vector, row, 0), number(vector, row, 0));
        assertThat(span.to() - span.from()).isBetween(1, 8_192);
      }
    }
  }

  /// Differences that do not fit the width and are negative, so that values fall where packed
  /// differences rise.
  @Test
  void aRisingColumnWithFallsTellsNoWrongSpan() {
    LongVector longs = new LongVector(16_384);
    IntVector ints = new IntVector(16_384);
    Random random = new Random(8);
    int value = -500_000;
    for (int row = 0; row < 16_384; row++) {
      value += random.nextInt(900) == 0 ? -90_000 : 3;
      longs.values[row] = value;
      ints.values[row] = value;
    }
    for (Vector vector : List.of(longs, ints)) {
      Block block = BlockReader.read(encode(vector, 16_384, "az64").bytes(), vector.physical());
      for (int i = 0; i < 500; i++) {
        long from = number(vector, random.nextInt(16_384), -1);
        checkSpan(vector, block, from, from + random.nextInt(50));
      }
    }
  }

  private static long number(Vector vector, int row, int change) {
    return switch (vector) {
      case IntVector ints -> ints.values[row] + (long) change;
      case LongVector longs -> longs.values[row] + change;
      default -> change;
    };
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
      case BytesVector bytes -> java.nio.ByteBuffer.wrap(bytes.copy(row));
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
