package io.redward.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompactTest {
  private static byte[] written(long number) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Compact.write(number, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream over(byte... bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "-1, 1",
    "63, 1",
    "-64, 1",
    "64, 2",
    "8191, 2",
    "8192, 3",
    "9223372036854775807, 10",
    "-9223372036854775808, 10"
  })
  void numbers_take_as_many_bytes_as_they_need(long number, int bytes) throws IOException {
    byte[] written = written(number);
    assertThat(written).hasSize(bytes);
    assertThat(Compact.readLong(over(written))).isEqualTo(number);
  }

  @Test
  void any_number_is_read_as_it_was_written() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      assertThat(Compact.readLong(over(written(number)))).isEqualTo(number);
    }
  }

  @Test
  void more_elements_than_there_are_bytes_are_refused() throws IOException {
    byte[] many = written(1_000_000);
    assertThatThrownBy(() -> Compact.readCount(over(many))).isInstanceOf(IOException.class);
  }

  @Test
  void a_number_that_does_not_end_is_refused() {
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) -1);
    assertThatThrownBy(() -> Compact.readLong(over(endless))).isInstanceOf(IOException.class);
  }
}
