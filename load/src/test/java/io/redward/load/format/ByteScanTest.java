package io.redward.load.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ByteScanTest {
  @Test
  void findsWhatALookAtEachByteFinds() {
    Random random = new Random(5);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      for (int i = 0; i < bytes.length; i++) {
        // Neighbours of the wanted byte and ones with the high bit are the hard cases.
        bytes[i] =
            (byte) (random.nextInt(12) == 0 ? '\n' : random.nextInt(4) * 128 + random.nextInt(13));
      }
      int from = random.nextInt(bytes.length + 1);
      int end = from + random.nextInt(bytes.length - from + 1);
      int expected = from;
      while (expected < end && bytes[expected] != '\n') {
        expected++;
      }
      assertThat(ByteScan.find(bytes, from, end, (byte) '\n')).isEqualTo(expected);
    }
  }

  @Test
  void marksEachByteThatALookAtEachByteFinds() {
    Random random = new Random(6);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextInt(3) == 0 ? '|' : '|' + random.nextInt(3) - 1);
        bytes[i] ^= random.nextInt(4) == 0 ? (byte) 0x80 : 0;
      }
      int from = random.nextInt(bytes.length);
      int end = from + 1 + random.nextInt(bytes.length - from);
      long expected = 0;
      for (int i = 0; i < Long.BYTES && from + i < end; i++) {
        expected |= bytes[from + i] == '|' ? 0x80L << 8 * i : 0;
      }
      assertThat(ByteScan.hits(bytes, from, end, (byte) '|')).isEqualTo(expected);
    }
  }

  @Test
  void readsUpToEightDigits() {
    Random random = new Random(7);
    for (int round = 0; round < 5_000; round++) {
      int count = 1 + random.nextInt(8);
      long number = random.nextLong(pow(count));
      String text = String.format("%0" + count + "d", number);
      byte[] bytes = (text + "|9999999").getBytes(StandardCharsets.US_ASCII);
      assertThat(ByteScan.digits(bytes, 0, count)).isEqualTo(number);
      bytes[random.nextInt(count)] = (byte) ("/:. -\u00ff".charAt(random.nextInt(6)));
      assertThat(ByteScan.digits(bytes, 0, count)).isEqualTo(-1);
    }
    byte[] few = {'1', '2'};
    assertThat(ByteScan.digits(few, 0, 2)).as("not enough bytes to look at").isEqualTo(-1);
  }

  private static long pow(int exponent) {
    return Math.round(Math.pow(10, exponent));
  }
}
