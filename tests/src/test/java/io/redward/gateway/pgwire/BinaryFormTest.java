package io.redward.gateway.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.Int128;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BinaryFormTest {
  private static final int VALUES = 200_000;

  private static String written(Consumer<MessageWriter> form) {
    MessageWriter out = new MessageWriter(OutputStream.nullOutputStream());
    out.int8(7);
    form.accept(out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  @Test
  void a_number_that_fits_a_long_is_written_as_a_wide_one_is() {
    Random random = new Random(1);
    long[] limits = {0, 1, -1, 10_000, 100_000_000, Long.MAX_VALUE, Long.MIN_VALUE};
    for (int i = 0; i < VALUES; i++) {
      long value =
          i < 20 * limits.length ? limits[i / 20] : random.nextLong() >> random.nextInt(64);
      value = random.nextInt(3) == 0 ? value / 10_000 * 10_000 : value;
      int scale = i % 20;
      long number = value;
      assertThat(written(out -> BinaryForm.numeric(out, number, scale)))
          .as("%s scale %s", value, scale)
          .isEqualTo(written(out -> BinaryForm.numeric(out, Int128.of(number), scale)));
    }
  }
}
