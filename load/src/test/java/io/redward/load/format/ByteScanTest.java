package io.redward.load.format;

import static org.assertj.core.api.Assertions.assertThat;

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
}
