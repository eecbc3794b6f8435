package io.redward.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.storage.objectstore.InMemoryObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskTierTest {
  private static final long ROOMY = 10 << 20;

  @TempDir private Path directory;

  @Test
  void whatWasKeptIsThereAfterARestart() {
    try (DiskTier tier = open(ROOMY)) {
      for (int i = 0; i < 50; i++) {
        tier.admit(range(i), bytes(i), 0);
      }
    }
    try (DiskTier tier = open(ROOMY)) {
      for (int i = 0; i < 50; i++) {
        assertThat(tier.find(range(i))).as("range %d", i).contains(bytes(i));
      }
      assertThat(tier.counters(0).hits()).isEqualTo(50);
      assertThat(tier.counters(0).blocks()).isEqualTo(50);
    }
  }

  @Test
  void theLimitHoldsAndASmallerOneIsKeptFromTheStart() throws IOException {
    long limit = 40 * 4096;
    try (DiskTier tier = open(limit)) {
      for (int i = 0; i < 200; i++) {
        tier.admit(range(i), bytes(i), 0);
        assertThat(tier.counters(0).heldBytes()).isLessThanOrEqualTo(limit);
      }
      assertThat(tier.counters(0).blocks()).isEqualTo(40);
      assertThat(tier.counters(0).evicted()).isEqualTo(160);
      assertThat(blockFiles()).hasSize(40);
    }
    try (DiskTier tier = open(limit / 2)) {
      assertThat(tier.counters(0).heldBytes()).isLessThanOrEqualTo(limit / 2);
      assertThat(blockFiles()).hasSize(20);
    }
  }

  @Test
  void anySingleFlippedByteOfAnyFileIsAMiss() throws IOException {
    List<BlockRange> ranges = List.of(range(1), range(2), range(3));
    for (int i = 0; i < ranges.size(); i++) {
      BlockRange range = ranges.get(i);
      byte[] content = Arrays.copyOf(bytes(i), 40);
      BlockRange small = new BlockRange(range.object(), range.offset(), 40);
      byte[] file = RangeFile.write(small, content);
      Path path = RangeFile.path(directory.resolve("ns"), small);
      for (int at = 0; at < file.length; at++) {
        byte[] damaged = file.clone();
        damaged[at] ^= (byte) (1 << at % 8);
        Files.createDirectories(path.getParent());
        Files.write(path, damaged);
        try (DiskTier tier = open(ROOMY)) {
          assertThat(tier.find(small)).as("byte %d", at).isEmpty();
          assertThat(tier.counters(0).damaged()).isEqualTo(1);
          assertThat(path).doesNotExist();
          tier.admit(small, content, 0);
          assertThat(tier.find(small)).contains(content);
        }
      }
    }
  }

  @Test
  void aTornFileOfAnyLengthIsAMiss() throws IOException {
    BlockRange range = new BlockRange("data/1/1.rws", 7, 60);
    byte[] content = Arrays.copyOf(bytes(1), 60);
    byte[] file = RangeFile.write(range, content);
    Path path = RangeFile.path(directory.resolve("ns"), range);
    Files.createDirectories(path.getParent());
    for (int length = 0; length < file.length; length++) {
      Files.write(path, Arrays.copyOf(file, length));
      try (DiskTier tier = open(ROOMY)) {
        assertThat(tier.find(range)).as("%d bytes", length).isEmpty();
      }
      // As a file system may leave it that gave the length before the bytes.
      Files.write(path, Arrays.copyOf(Arrays.copyOf(file, length), file.length));
      try (DiskTier tier = open(ROOMY)) {
        assertThat(tier.find(range)).as("%d bytes and zeros", length).isEmpty();
      }
    }
  }

  @Test
  void aFileOfAnotherRangeUnderTheNameIsAMiss() throws IOException {
    try (DiskTier tier = open(ROOMY)) {
      tier.admit(range(1), bytes(1), 0);
      Path one = RangeFile.path(directory.resolve("ns"), range(1));
      Path two = RangeFile.path(directory.resolve("ns"), range(2));
      Files.createDirectories(two.getParent());
      Files.copy(one, two);
    }
    try (DiskTier tier = open(ROOMY)) {
      assertThat(tier.find(range(2))).isEmpty();
      assertThat(tier.find(range(1))).contains(bytes(1));
    }
  }

  @Test
  void aFileThatHasGoneIsAMissAndAStrangersFileIsLeftAlone() throws IOException {
    Files.createDirectories(directory.resolve("ns"));
    Path stranger = Files.writeString(directory.resolve("ns").resolve("notes.txt"), "mine");
    try (DiskTier tier = open(ROOMY)) {
      tier.admit(range(1), bytes(1), 0);
      Files.delete(RangeFile.path(directory.resolve("ns"), range(1)));
      assertThat(tier.find(range(1))).isEmpty();
      assertThat(tier.counters(0).blocks()).isZero();
      assertThat(tier.counters(0).heldBytes()).isZero();
    }
    assertThat(stranger).exists();
  }

  @Test
  void anotherNamespaceFindsNothingAndTheFirstOnesFilesGo() throws IOException {
    try (DiskTier tier = open(ROOMY)) {
      tier.admit(range(1), bytes(1), 0);
    }
    try (DiskTier other = DiskTier.open(directory, ROOMY)) {
      other.begin("other", new InMemoryObjectStore());
      assertThat(other.find(range(1))).isEmpty();
      assertThat(blockFiles()).isEmpty();
    }
  }

  @Test
  void aFullDiskSwitchesAdmissionOffForAWhileAndFailsNobody() {
    MemoryFiles files = new MemoryFiles();
    AtomicLong nanos = new AtomicLong(5);
    try (DiskTier tier = DiskTier.open(directory, ROOMY, files, nanos::get)) {
      tier.begin("ns", new InMemoryObjectStore());
      tier.admit(range(1), bytes(1), 0);
      files.full = true;
      tier.admit(range(2), bytes(2), 0);
      files.full = false;
      tier.admit(range(3), bytes(3), 0);
      assertThat(tier.find(range(1))).contains(bytes(1));
      assertThat(tier.find(range(2))).isEmpty();
      assertThat(tier.find(range(3))).isEmpty();
      assertThat(files.contents).as("nothing torn is left").hasSize(1);
      assertThat(tier.counters(0).refused()).isEqualTo(2);
      nanos.addAndGet(31_000_000_000L);
      tier.admit(range(3), bytes(3), 0);
      assertThat(tier.find(range(3))).contains(bytes(3));
    }
  }

  @Test
  void aDroppedObjectLeavesNothing() throws IOException {
    try (DiskTier tier = open(ROOMY)) {
      tier.admit(new BlockRange("data/1/1.rws", 0, 100), new byte[100], 0);
      tier.admit(new BlockRange("data/1/1.rws", 100, 100), new byte[100], 0);
      tier.admit(new BlockRange("data/1/2.rws", 0, 100), new byte[100], 0);
      tier.drop("data/1/1.rws");
      assertThat(tier.find(new BlockRange("data/1/1.rws", 0, 100))).isEmpty();
      assertThat(tier.find(new BlockRange("data/1/2.rws", 0, 100))).isPresent();
      assertThat(blockFiles()).hasSize(1);
    }
  }

  @Test
  void twoServersDoNotShareADirectory() {
    try (DiskTier tier = open(ROOMY)) {
      assertThat(tier.directory()).isEqualTo(directory);
      assertThatThrownBy(() -> DiskTier.open(directory, ROOMY))
          .isInstanceOf(SqlException.class)
          .hasMessageContaining("is in use by another process");
    }
  }

  @Test
  void countsAndFilesAgreeWhateverHappens() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      MemoryFiles files = new MemoryFiles();
      AtomicLong nanos = new AtomicLong();
      DiskTier tier = DiskTier.open(directory, 30 * 4096, files, nanos::get);
      tier.begin("ns", new InMemoryObjectStore());
      for (int step = 0; step < 300; step++) {
        BlockRange range = range(random.nextInt(80));
        switch (random.nextInt(12)) {
          case 0 -> tier.drop(range.object());
          case 1 -> files.contents.remove(RangeFile.path(directory.resolve("ns"), range));
          case 2 ->
              files.contents.computeIfPresent(
                  RangeFile.path(directory.resolve("ns"), range),
                  (path, bytes) -> Arrays.copyOf(bytes, random.nextInt(bytes.length)));
          case 3 -> {
            files.full = random.nextInt(3) == 0;
            nanos.addAndGet(20_000_000_000L);
          }
          case 4 -> {
            tier.close();
            tier = DiskTier.open(directory, 30 * 4096, files, nanos::get);
            tier.begin("ns", new InMemoryObjectStore());
          }
          case 5, 6, 7 -> {
            BlockRange asked = range;
            tier.find(asked)
                .ifPresent(found -> assertThat(found).isEqualTo(bytes((int) asked.offset())));
          }
          default -> tier.admit(range, bytes((int) range.offset()), 0);
        }
        assertThat(tier.counters(0).heldBytes()).isLessThanOrEqualTo(30 * 4096);
      }
      // Reading everything gives up what has gone; then each file is known and each known is there.
      for (int i = 0; i < 80; i++) {
        tier.find(range(i));
      }
      assertThat(tier.counters(0).blocks()).isEqualTo(files.contents.size());
      tier.close();
    }
  }

  private DiskTier open(long limit) {
    DiskTier tier = DiskTier.open(directory, limit);
    tier.begin("ns", new InMemoryObjectStore());
    return tier;
  }

  private List<Path> blockFiles() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory)) {
      all.filter(path -> path.toString().endsWith(".blk")).forEach(found::add);
    }
    return found;
  }

  private static BlockRange range(int number) {
    return new BlockRange("data/" + number % 7 + "/" + number + ".rws", number, 500 + number);
  }

  private static byte[] bytes(int number) {
    byte[] bytes = new byte[500 + number];
    new Random(number).nextBytes(bytes);
    return bytes;
  }
}
