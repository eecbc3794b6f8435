package io.redward.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.types.Int128;
import io.redward.storage.table.KeyWords;
import io.redward.storage.table.ValueBounds;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyWordsTest {
  private static final int ROWS = 200;

  /// Words of strings follow their order, and lie within the words of cut bounds.
  @Test
  void strings_are_ordered_as_zone_maps_order_them() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      String start = "x".repeat(random.nextInt(14));
      BytesVector values = new BytesVector(ROWS);
      for (int row = 0; row < ROWS; row++) {
        StringBuilder text = new StringBuilder(start);
        for (int length = random.nextInt(12); length > 0; length--) {
          text.append("ab \t\u00e9".charAt(random.nextInt(5)));
        }
        append(values, row, text.toString());
      }
      ValueBounds bounds = Bounds.of(values, ROWS);
      KeyWords words = KeyWords.of(bounds);
      for (int row = 0; row < ROWS; row++) {
        long word = words.of(values, row);
        assertThat(word).isBetween(words.least(bounds), words.greatest(bounds));
        int order = BytesOrder.compare(values, row, (row + 1) % ROWS);
        int wordOrder = Long.compare(word, words.of(values, (row + 1) % ROWS));
        assertThat(wordOrder == 0 || order < 0 == wordOrder < 0).isTrue();
        assertThat(order == 0 && wordOrder != 0).isFalse();
      }
    }
  }

  private static void append(BytesVector values, int row, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    values.append(row, bytes, 0, bytes.length);
  }

  @Test
  void blanks_at_the_end_do_not_count() {
    BytesVector values = new BytesVector(2);
    append(values, 0, "key");
    append(values, 1, "key   ");
    assertThat(KeyWords.PLAIN.of(values, 1)).isEqualTo(KeyWords.PLAIN.of(values, 0));
  }

  @Test
  void decimals_that_64_bits_do_not_reach_are_the_least_and_the_greatest() {
    ValueBounds wide = new ValueBounds.Int128s(new Int128(-5, 3), new Int128(7, 1));
    assertThat(KeyWords.PLAIN.least(wide)).isEqualTo(Long.MIN_VALUE);
    assertThat(KeyWords.PLAIN.greatest(wide)).isEqualTo(Long.MAX_VALUE);
    ValueBounds narrow = new ValueBounds.Int128s(Int128.of(-5), Int128.of(7));
    assertThat(KeyWords.PLAIN.least(narrow)).isEqualTo(-5);
    assertThat(KeyWords.PLAIN.greatest(narrow)).isEqualTo(7);
  }
}
