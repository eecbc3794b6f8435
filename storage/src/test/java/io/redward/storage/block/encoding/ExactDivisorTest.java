package io.redward.storage.block.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactDivisorTest {
  private final Random random = new Random(5);

  @Test
  void dividesMultiplesExactly() {
    for (int round = 0; round < 2_000; round++) {
      long divisor = 1 + (random.nextLong() >>> 1 + random.nextInt(62));
      long[] quotients = new long[20];
      long[] multiples = new long[20];
      for (int i = 0; i < quotients.length; i++) {
        quotients[i] = (random.nextLong() >>> 1) / divisor >>> random.nextInt(20);
        multiples[i] = quotients[i] * divisor;
      }
      new ExactDivisor(divisor).divide(multiples);
      assertThat(multiples).as("divisor %d", divisor).isEqualTo(quotients);
    }
  }

  @Test
  void findsTheCommonDivisorOfAllDistances() {
    for (int round = 0; round < 500; round++) {
      long unit = 1L + random.nextInt(1_000);
      int shift = random.nextInt(4);
      long[] values = new long[1 + random.nextInt(700)];
      long[] bases = new long[values.length + (1 << shift) - 1 >> shift];
      BigInteger expected = BigInteger.ZERO;
      for (int i = 0; i < values.length; i++) {
        bases[i >> shift] = (i >> shift) * 31L - 100;
        // Odd ones out are rare, so that no sample shows them.
        long odd = round % 2 == 0 && random.nextInt(200) == 0 ? random.nextInt(50) : 0;
        long distance = random.nextInt(3) == 0 ? 0 : unit * random.nextInt(1 << 20) + odd;
        values[i] = bases[i >> shift] + distance;
        expected = expected.gcd(BigInteger.valueOf(distance));
      }
      long wanted = Math.max(1, expected.longValueExact());
      assertThat(ExactDivisor.common(values, values.length, bases, shift)).isEqualTo(wanted);
    }
  }
}
