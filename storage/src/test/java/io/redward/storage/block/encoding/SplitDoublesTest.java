package io.redward.storage.block.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.types.Physical;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.MalformedBytesException;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// Doubles of full precision are cut in two where that saves something, and come back bit for bit.
final class SplitDoublesTest {
  private static final int ROWS = 65_536;

  @Test
  void twinsAgree() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(70);
      int to = random.nextInt(5);
      long[] lefts = random.longs(1 + random.nextInt(SplitDoubles.MAX_LEFTS)).toArray();
      int[] codes = random.ints(count, 0, lefts.length).toArray();
      long[] rights = random.longs(count).toArray();
      double[] expected = new double[count + 10];
      double[] found = new double[count + 10];
      SplitLanes.scalar(lefts, codes, rights, expected, 0, to, count);
      VectorSplitLanes.join(lefts, codes, rights, found, to, count);
      for (int i = 0; i < found.length; i++) {
        assertThat(Double.doubleToRawLongBits(found[i]))
            .isEqualTo(Double.doubleToRawLongBits(expected[i]));
      }
    }
  }

  @Test
  void measurementsAreSplitAndComeBack() {
    assertThat(bitsAValue(row -> 47.3 + 0.5 * Math.sin(row * 0.37) * Math.cos(row * 1.3)))
        .isLessThan(52);
    assertThat(bitsAValue(row -> 100 * Math.exp(0.01 * Math.sin(row * 1.7)))).isLessThan(52);
    assertThat(bitsAValue(Math::sqrt)).isLessThan(58);
    assertThat(bitsAValue(Math::sin)).isLessThan(59);
  }

  @Test
  void floatsAreSplitWhereFourBytesAreMore() {
    assertThat(bitsAValue(row -> (float) (20 + Math.sin(row)))).isLessThan(25);
  }

  @Test
  void rareValuesOfAnotherKindAreExceptions() {
    double[] odd = {Double.NaN, Double.longBitsToDouble(0x7FF8_0000_0000_0123L), -0.0, 1e300};
    assertThat(bitsAValue(row -> row % 700 == 3 ? odd[(int) row % 4] : 20 + Math.sin(row)))
        .isLessThan(55);
  }

  @Test
  void whatSavesNothingStaysAsItIs() {
    Random random = new Random(3);
    double[] values = random.longs(ROWS).mapToDouble(Double::longBitsToDouble).toArray();
    assertThat(new DoubleEncoder(values, ROWS).encode(EncodingChoice.AUTO).encoding())
        .isEqualTo(Encoding.RAW);
  }

  @Test
  void malformedHeadsAreRefused() {
    byte[] bytes = encode(row -> 20 + Math.sin(row)).bytes().toByteArray();
    for (int lefts : new int[] {0, SplitDoubles.MAX_LEFTS + 1, 255}) {
      byte[] damaged = bytes.clone();
      damaged[0] = (byte) lefts;
      assertThatThrownBy(() -> read(damaged)).isInstanceOf(MalformedBytesException.class);
    }
  }

  private static EncodedBody encode(DoubleUnaryOperator value) {
    double[] values = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      values[row] = value.applyAsDouble(row);
    }
    return new DoubleEncoder(values, ROWS).encode(EncodingChoice.AUTO);
  }

  private static DoubleBody read(byte[] bytes) {
    return (DoubleBody)
        BodyReader.read(Encoding.SPLIT, Physical.DOUBLE, ROWS, new ByteReader(bytes));
  }

  /// Checks that the values are split and decode to what they were, at random places.
  private static double bitsAValue(DoubleUnaryOperator value) {
    EncodedBody encoded = encode(value);
    assertThat(encoded.encoding()).isEqualTo(Encoding.SPLIT);
    DoubleBody body = read(encoded.bytes().toByteArray());
    Random random = new Random(9);
    for (int round = 0; round < 20; round++) {
      int from = round == 0 ? 0 : random.nextInt(ROWS);
      int count = round == 0 ? ROWS : random.nextInt(ROWS - from);
      double[] decoded = new double[count];
      body.decode(from, count, decoded);
      int[] selection =
          random.ints(count / 10, 0, Math.max(1, count)).sorted().distinct().toArray();
      double[] selected = new double[count];
      body.decodeSelected(from, selection, selection.length, selected);
      for (int i = 0; i < count; i++) {
        assertSame(decoded[i], value.applyAsDouble(from + i));
      }
      for (int row : selection) {
        assertSame(selected[row], value.applyAsDouble(from + row));
      }
    }
    return encoded.bytes().size() * 8.0 / ROWS;
  }

  private static void assertSame(double found, double expected) {
    if (Double.doubleToRawLongBits(found) != Double.doubleToRawLongBits(expected)) {
      assertThat(found).isEqualTo(expected);
    }
  }
}
