package io.redward.runtime.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpillFileTest {
  private static final byte[] BLOCK = {1, 2, 3, 4, 5, 6, 7};

  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsReadAndTheFileGoesWithItsQuery() throws IOException {
    try (SpillFile file = new SpillFile(directory)) {
      assertThat(files()).as("nothing before the first block").isEmpty();
      long first = file.append(BLOCK, 7);
      long second = file.append(BLOCK, 3);
      assertThat(file.read(first, 7)).isEqualTo(BLOCK);
      assertThat(file.read(second, 3)).isEqualTo(new byte[] {1, 2, 3});
      assertThat(files()).hasSize(1);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void everyFlippedByteIsFound() throws IOException {
    try (SpillFile file = new SpillFile(directory)) {
      long start = file.append(BLOCK, 7);
      Path path = files().getFirst();
      byte[] bytes = Files.readAllBytes(path);
      for (int i = 0; i < bytes.length; i++) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= (byte) (1 << i % 8);
        Files.write(path, flipped);
        assertThatThrownBy(() -> file.read(start, 7))
            .as("byte %d", i)
            .isInstanceOf(SqlException.class)
            .hasMessageContaining("is damaged");
      }
    }
  }

  @Test
  void aFullDiskIsAnErrorThatSaysWhereAndLeavesNothing() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full on this system");
    try (SpillFile file =
        new SpillFile(directory, made -> FileChannel.open(full, StandardOpenOption.WRITE))) {
      SqlException error = catchThrowableOfType(SqlException.class, () -> file.append(BLOCK, 7));
      assertThat(error.state()).isEqualTo(SqlState.DISK_FULL);
      assertThat(error.state().code()).isEqualTo("53100");
      assertThat(error.message())
          .isEqualTo("could not write to temporary file in \"" + directory + "\": disk full");
      assertThat(file.bytes()).isZero();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAndNothingElse() throws IOException {
    Files.write(directory.resolve("query-1.spill"), BLOCK);
    Files.write(directory.resolve("query-2.spill"), BLOCK);
    Files.write(directory.resolve("notes"), BLOCK);
    SpillFile.clean(directory);
    SpillFile.clean(directory.resolve("none"));
    assertThat(files()).containsExactly(directory.resolve("notes"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }
}
