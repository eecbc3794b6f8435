package io.redward.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HotSetTest {
  private static final HotSet HOT =
      new HotSet(
          "ns",
          List.of(
              new HotBlock(new BlockKey(7, 2, 0), 900), new HotBlock(new BlockKey(1, 2, 15), 3)),
          List.of(new HotRange(new BlockRange("data/1/7.rws", 1L << 40, 17), 12)));

  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path file = directory.resolve("deep").resolve("hot");
    HOT.write(file);
    HOT.write(file);
    assertThat(HotSet.read(file)).isEqualTo(HOT);
    assertThat(HotSet.read(directory.resolve("none"))).isEqualTo(HotSet.EMPTY);
  }

  @Test
  void aTornOrFlippedFileIsAnEmptyOne() throws IOException {
    Path file = directory.resolve("hot");
    HOT.write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      Files.write(file, flipped);
      assertThat(HotSet.read(file)).as("byte %d", at).isEqualTo(HotSet.EMPTY);
      Files.write(file, Arrays.copyOf(whole, at));
      assertThat(HotSet.read(file)).as("%d bytes", at).isEqualTo(HotSet.EMPTY);
    }
  }
}
