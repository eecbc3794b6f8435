package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.storage.check.Finding;
import io.redward.storage.check.FindingKind;
import io.redward.storage.fsck.CheckReport;
import io.redward.storage.fsck.NamespaceCheck;
import io.redward.storage.objectstore.LocalObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.WriteTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of damage has a name, and what is sound has no findings.
final class NamespaceCheckTest {
  private static final StorageOptions OPTIONS = new StorageOptions(0, 1, 1_000, 1_000);
  private static final int ROWS = 12_000;
  private static final String ROWSET = "data/7/1.rws";
  private static final String ARCHIVE = "log/00000000000000000001-00000000000000000015.archive";

  @TempDir Path directory;

  /// A big rowset in an object, small ones in the log, deletes in both, three checkpoints and
  /// commits after the last.
  @BeforeEach
  void fill() {
    try (LocalNamespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, ROWS);
      for (int i = 0; i < 8; i++) {
        TestTable.insert(namespace, ROWS + i, ROWS + i + 1);
        WriteTransaction transaction = namespace.begin();
        transaction.putEntry("entry/" + i, new byte[] {(byte) i});
        TestTable.delete(transaction, i * 10, i * 10 + 3);
        transaction.commit();
        if (i % 3 == 0) {
          namespace.maintain();
        }
      }
    }
  }

  @Test
  void aSoundNamespaceHasNoFindings() {
    CheckReport report = check();
    assertThat(report.findings()).isEmpty();
    assertThat(report.isSound()).isTrue();
    assertThat(report.version()).isEqualTo(17);
    assertThat(report.liveRows()).isEqualTo(ROWS + 8 - 24);
    assertThat(report.rowsets()).isEqualTo(9);
    assertThat(report.blocks()).isEqualTo(45);
  }

  @Test
  void itRunsBesideAnOpenNamespaceAndLeavesEverythingAsItWas() throws IOException {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      Path staged = directory.resolve("tmp/17.tmp");
      Files.write(staged, new byte[10]);
      List<Path> before = files();
      assertThat(check().findings()).isEmpty();
      assertThat(files()).isEqualTo(before);
      Files.delete(staged);
      TestTable.insert(namespace, 1, 2);
      assertThat(check().version()).isEqualTo(18);
    }
  }

  @Test
  void aMissingRowsetIsNamed() throws IOException {
    Files.delete(directory.resolve(ROWSET));
    assertFinds(FindingKind.MISSING_ROWSET, ROWSET);
  }

  @Test
  void aCutRowsetIsNamed() throws IOException {
    Path path = directory.resolve(ROWSET);
    Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 5_000));
    assertFinds(FindingKind.DAMAGED_ROWSET, ROWSET);
  }

  @Test
  void everyFlippedByteOfARowsetIsNamed() throws IOException {
    Path path = directory.resolve(ROWSET);
    byte[] bytes = Files.readAllBytes(path);
    for (int i = 0; i < bytes.length; i += i < 64 ? 1 : bytes.length / 150) {
      flip(path, bytes, i);
      CheckReport report = check();
      assertThat(report.isSound()).as("byte %d", i).isFalse();
      assertThat(report.damage()).as("byte %d", i).allMatch(f -> f.object().equals(ROWSET));
    }
    Files.write(path, bytes);
    assertThat(check().isSound()).isTrue();
  }

  @Test
  void aDamagedBlockIsNamedWithColumnAndNumber() throws IOException {
    Path path = directory.resolve(ROWSET);
    flip(path, Files.readAllBytes(path), 40);
    Finding finding = assertFinds(FindingKind.DAMAGED_BLOCK, ROWSET);
    assertThat(finding.reason()).contains("block 0 of column 1").contains("checksum");
  }

  @Test
  void everyFlippedByteOfACommitIsNamed() throws IOException {
    String key = log(17, "commit");
    Path path = directory.resolve(key);
    byte[] bytes = Files.readAllBytes(path);
    for (int i = 0; i < bytes.length; i++) {
      flip(path, bytes, i);
      assertThat(assertFinds(FindingKind.DAMAGED_COMMIT, key).reason()).isNotEmpty();
    }
  }

  @Test
  void everyFlippedByteOfAnArchiveIsNamed() throws IOException {
    Path path = directory.resolve(ARCHIVE);
    byte[] bytes = Files.readAllBytes(path);
    for (int i = 0; i < bytes.length; i++) {
      flip(path, bytes, i);
      assertThat(assertFinds(FindingKind.DAMAGED_ARCHIVE, ARCHIVE).reason()).isNotEmpty();
    }
  }

  @Test
  void aCommitThatIsArchivedToo() throws IOException {
    Path copy = directory.resolve(log(12, "commit"));
    Files.copy(directory.resolve(log(17, "commit")), copy);
    assertThat(check().findings()).as("put late, where it counts for nothing").isEmpty();
  }

  @Test
  void aDamagedCheckpointIsNamed() throws IOException {
    String key = log(15, "checkpoint");
    Path path = directory.resolve(key);
    flip(path, Files.readAllBytes(path), 30);
    assertFinds(FindingKind.DAMAGED_CHECKPOINT, key);
  }

  @Test
  void aGapInTheLogIsNamed() throws IOException {
    Files.delete(directory.resolve(log(16, "commit")));
    assertFinds(FindingKind.MISSING_COMMIT, log(16, "commit"));
    assertThat(kinds()).contains(FindingKind.UNREADABLE_LOG);
  }

  @Test
  void aGapBeforeTheNewestCheckpointIsNamedAndTheStateStillChecked() throws IOException {
    Files.delete(directory.resolve(ARCHIVE));
    assertFinds(FindingKind.MISSING_COMMIT, log(10, "commit"));
    assertThat(kinds()).doesNotContain(FindingKind.UNREADABLE_LOG);
    assertThat(check().rowsets()).isEqualTo(9);
  }

  @Test
  void aCommitUnderAnotherNameIsNamed() throws IOException {
    Files.copy(directory.resolve(log(17, "commit")), directory.resolve(log(18, "commit")));
    assertFinds(FindingKind.DAMAGED_COMMIT, log(18, "commit"));
  }

  @Test
  void aCheckpointThatIsNotWhatTheLogAddsUpToIsNamed() throws IOException {
    // A sound object with another history: that of a namespace with one table more.
    Path other = directory.resolve("other");
    try (LocalNamespace namespace = LocalNamespace.open(other, OPTIONS)) {
      for (int i = 0; i < 15; i++) {
        TestTable.insert(namespace, i, i + 1);
      }
      namespace.maintain();
    }
    Path foreign = other.resolve(log(15, "checkpoint"));
    Files.write(directory.resolve(log(15, "checkpoint")), Files.readAllBytes(foreign));
    assertFinds(FindingKind.CONTRADICTORY_CHECKPOINT, log(15, "checkpoint"));
  }

  @Test
  void leftOversAreNotedButAreNoDamage() throws IOException {
    Files.copy(directory.resolve(ROWSET), directory.resolve("data/7/99.rws"));
    Files.write(directory.resolve("data/7/what.txt"), new byte[3]);
    Files.write(directory.resolve("log/what.txt"), new byte[3]);
    CheckReport report = check();
    assertThat(report.isSound()).isTrue();
    assertThat(report.findings().stream().map(f -> f.kind() + " " + f.object()).toList())
        .containsExactlyInAnyOrder(
            "ORPHAN data/7/99.rws",
            "UNKNOWN_OBJECT data/7/what.txt",
            "UNKNOWN_OBJECT log/what.txt");
  }

  private Finding assertFinds(FindingKind kind, String object) {
    CheckReport report = check();
    assertThat(report.isSound()).isFalse();
    List<Finding> found =
        report.findings().stream()
            .filter(finding -> finding.kind() == kind && finding.object().equals(object))
            .toList();
    assertThat(found).as("%s of %s in %s", kind, object, report.findings()).isNotEmpty();
    return found.getFirst();
  }

  private List<FindingKind> kinds() {
    return check().findings().stream().map(Finding::kind).toList();
  }

  private CheckReport check() {
    try (ObjectStore store = LocalObjectStore.openToRead(directory)) {
      return NamespaceCheck.run(store);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return new ArrayList<>(found.sorted().toList());
    }
  }

  private static String log(int position, String kind) {
    return String.format("log/%020d.%s", position, kind);
  }

  private static void flip(Path path, byte[] bytes, int index) throws IOException {
    byte[] damaged = bytes.clone();
    damaged[index] ^= (byte) (1 << index % 8);
    Files.write(path, damaged);
  }
}
