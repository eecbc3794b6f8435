package io.redward.storage.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStoreContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keeps every promise of a store, and what lies below is neither readable nor changeable
/// unnoticed.
final class EncryptedObjectStoreTest extends ObjectStoreContract {
  private static final String NAME = "data/7/1.rws";

  @TempDir Path directory;

  private final InMemoryObjectStore below = new InMemoryObjectStore();
  private KeyFile root;
  private ObjectStore store;

  @BeforeEach
  void open() {
    root = KeyFile.create(directory.resolve("key"));
    store = EncryptedObjectStore.open(below, root);
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void everyRangeReadsBackAsWritten() {
    Random random = new Random(1);
    for (int length : List.of(1, 16_383, 16_384, 16_385, 50_000, 65_536)) {
      byte[] clear = new byte[length];
      random.nextBytes(clear);
      int cut = random.nextInt(length + 1);
      store.put(NAME, List.of(Arrays.copyOf(clear, cut), Arrays.copyOfRange(clear, cut, length)));
      assertThat(store.find(NAME)).contains(clear);
      assertThat(store.size(NAME)).contains((long) length);
      assertThat(store.list("data/").getFirst().bytes()).isEqualTo(length);
      for (int i = 0; i < 50; i++) {
        int from = random.nextInt(length);
        int count = random.nextInt(length - from + 1);
        assertThat(store.read(NAME, from, count))
            .isEqualTo(Arrays.copyOfRange(clear, from, from + count));
      }
    }
  }

  @Test
  void nothingOfTheTextIsBelow() {
    String secret = "the quick brown fox ".repeat(4_000);
    store.put(NAME, List.of(secret.getBytes(StandardCharsets.UTF_8)));
    store.putIfAbsent("log/1", secret.getBytes(StandardCharsets.UTF_8));
    for (ObjectStore.ObjectSummary object : below.list("")) {
      String stored =
          new String(below.find(object.key()).orElseThrow(), StandardCharsets.ISO_8859_1);
      assertThat(stored).doesNotContain("quick").doesNotContain("fox");
    }
  }

  @Test
  void anyChangedByteIsNoticed() {
    byte[] clear = new byte[20_000];
    store.put(NAME, List.of(clear));
    byte[] stored = below.find(NAME).orElseThrow();
    for (int i = 0; i < stored.length; i += i < 100 ? 1 : 997) {
      byte[] changed = stored.clone();
      changed[i] ^= 1;
      below.put(NAME, List.of(changed));
      assertThatThrownBy(() -> store.find(NAME))
          .isInstanceOf(SqlException.class)
          .hasMessageContaining(NAME);
      assertThatThrownBy(() -> fresh().read(NAME, 0, clear.length)).hasMessageContaining(NAME);
    }
  }

  @Test
  void sectionsAndObjectsCannotBeSwappedOrCutOff() {
    store.put(NAME, List.of(new byte[40_000]));
    store.put("data/7/2.rws", List.of(new byte[40_000]));
    byte[] stored = below.find(NAME).orElseThrow();
    below.put("data/7/2.rws", List.of(stored));
    assertThatThrownBy(() -> store.find("data/7/2.rws")).hasMessageContaining("is damaged");
    int section = SealedObject.SECTION_BYTES + AesKey.TAG_BYTES;
    byte[] swapped = stored.clone();
    System.arraycopy(stored, 77, swapped, 77 + section, section);
    System.arraycopy(stored, 77 + section, swapped, 77, section);
    below.put(NAME, List.of(swapped));
    assertThatThrownBy(() -> store.find(NAME)).hasMessageContaining("is damaged");
    below.put(NAME, List.of(Arrays.copyOf(stored, 77 + section)));
    assertThatThrownBy(() -> store.find(NAME)).hasMessageContaining("is damaged");
  }

  @Test
  void anotherKeyIsRefusedByName() {
    store.put(NAME, List.of(new byte[10]));
    KeyFile other = KeyFile.create(directory.resolve("other"));
    assertThatThrownBy(() -> EncryptedObjectStore.open(below, other))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.INVALID_PARAMETER_VALUE))
        .hasMessageContaining("does not fit")
        .hasMessageContaining(root.keyId())
        .hasMessageContaining(other.keyId());
  }

  @Test
  void rotationPutsAnotherRootKeyOverTheSameObjects() {
    store.put(NAME, List.of(new byte[] {1, 2, 3}));
    byte[] stored = below.find(NAME).orElseThrow();
    KeyFile next = KeyFile.create(directory.resolve("next"));
    KeyRing.rotate(below, root, next, true);
    assertThat(below.find(NAME)).contains(stored);
    assertThatThrownBy(() -> EncryptedObjectStore.open(below, root))
        .hasMessageContaining("does not fit");
    ObjectStore after = EncryptedObjectStore.open(below, next);
    assertThat(after.find(NAME)).contains(new byte[] {1, 2, 3});
    after.put("data/7/2.rws", List.of(new byte[] {4}));
    assertThat(SealedObject.keyNumber(below.find("data/7/2.rws").orElseThrow())).isEqualTo(2);
    // Who has the old ring in memory goes on.
    store.put("data/7/3.rws", List.of(new byte[] {5}));
    assertThat(after.find("data/7/3.rws")).contains(new byte[] {5});
  }

  @Test
  void aNamespaceWithoutEncryptionStaysSo() {
    InMemoryObjectStore plain = new InMemoryObjectStore();
    plain.put("log/1", List.of(new byte[1]));
    assertThatThrownBy(() -> EncryptedObjectStore.open(plain, root))
        .hasMessageContaining("without encryption");
    EncryptedObjectStore.requireReadable(plain);
    EncryptedObjectStore.requireReadable(store);
    assertThatThrownBy(() -> EncryptedObjectStore.requireReadable(below))
        .hasMessageContaining("encrypted and no key");
  }

  @Test
  void aKeyFileIsItsOwnersAloneAndNeverWrittenOver() throws Exception {
    Path file = directory.resolve("key");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(KeyFile.read(file).keyId()).isEqualTo(root.keyId());
    assertThatThrownBy(() -> KeyFile.create(file)).hasMessageContaining("never written over");
    Files.writeString(directory.resolve("bad"), "no key");
    assertThatThrownBy(() -> KeyFile.read(directory.resolve("bad")))
        .hasMessageContaining("64 hexadecimal digits");
  }

  private ObjectStore fresh() {
    return EncryptedObjectStore.openToRead(below, root);
  }
}
