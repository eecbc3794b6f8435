package io.redward.runtime.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.BytesView;
import io.redward.foundation.batch.MemoryBudget;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowWriterTest {
  private final BytesArena arena = new BytesArena(new MemoryBudget(1L << 30));
  private final RowWriter writer =
      new RowWriter(new RowPages(1, new MemoryBudget(1L << 30)), arena);

  private String text(long view) {
    byte[] page = arena.pages()[BytesView.page(view)];
    return new String(page, BytesView.offset(view), BytesView.length(view), StandardCharsets.UTF_8);
  }

  @Test
  void rowsShareStringsThatComeFromOnePlaceUnlessAskedNotTo() {
    byte[] source = "UNITED KINGDOMFRANCE".getBytes(StandardCharsets.UTF_8);
    long first = writer.share(source, 0, 14);
    assertThat(writer.share(source, 14, 6)).isNotEqualTo(first);
    assertThat(writer.share(source, 0, 14)).isEqualTo(first);
    assertThat(writer.share(source, 0, 6)).isNotEqualTo(first);
    assertThat(writer.append(source, 0, 14)).isNotEqualTo(first);
    assertThat(text(first)).isEqualTo("UNITED KINGDOM");
  }

  @Test
  void aPlaceThatHoldsAnotherStringNowIsCopiedAgain() {
    byte[] source = "first".getBytes(StandardCharsets.UTF_8);
    long first = writer.share(source, 0, 5);
    System.arraycopy("other".getBytes(StandardCharsets.UTF_8), 0, source, 0, 5);
    assertThat(text(writer.share(source, 0, 5))).isEqualTo("other");
    assertThat(text(first)).isEqualTo("first");
  }

  @Test
  void stringsThatNeverComeAgainAreKeptAsWell() {
    Random random = new Random(7);
    byte[] source = new byte[1 << 16];
    for (int i = 0; i < source.length; i++) {
      source[i] = (byte) ('a' + random.nextInt(26));
    }
    for (int i = 0; i < 5_000; i++) {
      int offset = random.nextInt(source.length - 20);
      int length = random.nextInt(20);
      assertThat(text(writer.share(source, offset, length)))
          .isEqualTo(new String(source, offset, length, StandardCharsets.UTF_8));
    }
  }
}
