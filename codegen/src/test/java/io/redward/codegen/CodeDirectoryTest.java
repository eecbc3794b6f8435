package io.redward.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeDirectoryTest {
  private static final byte[] CODE = {1, 2, 3, 4, 5};
  private static final long ROOM = 1_000;

  @TempDir private Path directory;

  @Test
  void whatOneProcessKeepsAnotherFinds() {
    CodeDirectory.open(directory, "1", ROOM).keep("program", CODE);
    CodeStore other = CodeDirectory.open(directory, "1", ROOM);
    assertThat(other.find("program")).hasValueSatisfying(c -> assertThat(c).isEqualTo(CODE));
    assertThat(other.find("another program")).isEmpty();
  }

  @Test
  void anotherBuildFindsNothing() {
    CodeDirectory.open(directory, "1", ROOM).keep("program", CODE);
    assertThat(CodeDirectory.open(directory, "2", ROOM).find("program")).isEmpty();
  }

  @Test
  void damagedFilesAreNotFound() throws IOException {
    CodeStore store = CodeDirectory.open(directory, "1", ROOM);
    store.keep("program", CODE);
    Path file = files().getFirst();
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(good, length));
      assertThat(store.find("program")).as("cut to %d bytes", length).isEmpty();
    }
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 0x10;
      Files.write(file, bad);
      assertThat(store.find("program")).as("byte %d is wrong", at).isEmpty();
      assertThat(file).doesNotExist();
    }
    store.keep("program", CODE);
    assertThat(store.find("program")).isPresent();
  }

  @Test
  void theDirectoryStaysWithinItsRoomAndKeepsTheNewest() throws IOException {
    CodeStore store = CodeDirectory.open(directory, "1", ROOM);
    for (int i = 0; i < 40; i++) {
      store.keep("program " + i, new byte[100]);
    }
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isBetween(1L, ROOM);
    assertThat(store.find("program 39")).isPresent();
  }

  @Test
  void aPlaceThatIsNoDirectoryKeepsNothing() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    CodeStore store = CodeDirectory.open(file, "1", ROOM);
    store.keep("program", CODE);
    assertThat(store.find("program")).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }
}
