package io.redward.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class StretchTest {
  @Test
  void namesAreReadBackAndNoOtherOnes() {
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      int level = random.nextInt(Stretch.TOP_LEVEL + 1);
      Stretch stretch = Stretch.of(level, random.nextLong(1L << random.nextInt(1, 60)));
      assertThat(Stretch.named(stretch.closed())).contains(stretch);
      assertThat(Stretch.named(stretch.archive())).contains(stretch);
    }
    assertThat(Stretch.named("log/00000000000000000016-00000000000000000031.closed")).isEmpty();
    assertThat(Stretch.named("log/00000000000000000016-00000000000000000030.archive")).isEmpty();
    assertThat(Stretch.named("log/99999999999999999999-99999999999999999999.archive")).isEmpty();
    assertThat(Stretch.named(LogNames.commit(16))).isEmpty();
  }

  @Test
  void everyPositionIsInOneStretchOfALevelAndInItsParent() {
    Random random = new Random(6);
    for (int i = 0; i < 1_000; i++) {
      long position = 1 + random.nextLong(1L << random.nextInt(1, 50));
      for (int level = 0; level < Stretch.TOP_LEVEL; level++) {
        Stretch stretch = Stretch.of(level, position);
        assertThat(stretch.holds(position)).isTrue();
        assertThat(stretch.next().holds(position)).isFalse();
        assertThat(stretch.parent()).isEqualTo(Stretch.of(level + 1, position));
        assertThat(stretch.parent().parts()).contains(stretch);
      }
    }
  }
}
