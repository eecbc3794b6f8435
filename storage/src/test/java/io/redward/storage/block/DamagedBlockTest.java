package io.redward.storage.block;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.storage.bytes.MalformedBytesException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DamagedBlockTest {
  @Test
  void everyFlippedByteIsFound() {
    for (Physical physical : Physical.values()) {
      byte[] bytes = block(physical);
      for (int i = 0; i < bytes.length; i++) {
        byte[] damaged = bytes.clone();
        damaged[i] ^= (byte) (1 << i % 8);
        assertThatThrownBy(() -> BlockReader.read(damaged, physical))
            .as("byte %d", i)
            .isInstanceOf(MalformedBytesException.class);
      }
    }
  }

  @Test
  void everyCutIsFound() {
    byte[] bytes = block(Physical.BYTES);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> BlockReader.read(cut, Physical.BYTES))
          .isInstanceOf(MalformedBytesException.class);
    }
  }

  @Test
  void aBlockOfAnotherTypeIsRefused() {
    assertThatThrownBy(() -> BlockReader.read(block(Physical.INT), Physical.LONG))
        .isInstanceOf(MalformedBytesException.class);
  }

  private static byte[] block(Physical physical) {
    Vector vector =
        SampleColumns.make(
            physical, SampleColumns.Pattern.SMALL_RANGE, SampleColumns.Nulls.SOME, 200, 1);
    return BlockWriter.encode(vector, 200, "auto").bytes();
  }
}
