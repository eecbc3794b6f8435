package io.redward.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.storage.encryption.EncryptedObjectStore;
import io.redward.storage.encryption.KeyFile;
import io.redward.storage.objectstore.ForwardingObjectStore;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CachedObjectStoreTest extends ObjectStoreContract {
  private static final String ROWSET = "data/1/1.rws";

  @TempDir private Path directory;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger caches = new AtomicInteger();

  @Override
  protected ObjectStore store() {
    Path cache = directory.resolve("contract" + caches.incrementAndGet());
    // The contract lists everything: the name of the namespace is not what it put.
    ObjectStore inner =
        new ForwardingObjectStore(new InMemoryObjectStore()) {
          @Override
          public List<ObjectSummary> list(String prefix) {
            return super.list(prefix).stream().filter(o -> !o.key().startsWith("ids/")).toList();
          }
        };
    return CachedObjectStore.open(inner, DiskTier.open(cache, 1 << 20), "here");
  }

  @Test
  void aRangeIsReadFromTheStoreOnceAlsoAcrossRestarts() {
    ObjectStore remote = new InMemoryObjectStore();
    remote.put(ROWSET, List.of(text("0123456789")));
    for (int start = 0; start < 3; start++) {
      try (ObjectStore store = open(remote)) {
        for (int i = 0; i < 3; i++) {
          assertThat(store.read(ROWSET, 2, 3)).isEqualTo(text("234"));
        }
      }
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void anObjectWrittenAnewIsReadAnew() {
    ObjectStore remote = new InMemoryObjectStore();
    try (ObjectStore store = open(remote)) {
      store.put(ROWSET, List.of(text("first")));
      assertThat(store.read(ROWSET, 0, 5)).isEqualTo(text("first"));
      store.put(ROWSET, List.of(text("again")));
      assertThat(store.read(ROWSET, 0, 5)).isEqualTo(text("again"));
    }
  }

  @Test
  void aStoreEmptiedAndFilledAnewIsAnother() {
    ObjectStore remote = new InMemoryObjectStore();
    try (ObjectStore store = open(remote)) {
      store.put(ROWSET, List.of(text("first")));
      assertThat(store.read(ROWSET, 0, 5)).isEqualTo(text("first"));
    }
    ObjectStore emptied = new InMemoryObjectStore();
    emptied.put(ROWSET, List.of(text("other")));
    try (ObjectStore store = open(emptied)) {
      assertThat(store.read(ROWSET, 0, 5)).isEqualTo(text("other"));
    }
  }

  @Test
  void whatIsSuspectIsAskedOfTheStoreAgain() {
    ObjectStore remote = new InMemoryObjectStore();
    remote.put(ROWSET, List.of(text("0123456789")));
    try (ObjectStore store = open(remote)) {
      assertThat(store.read(ROWSET, 0, 4)).isEqualTo(text("0123"));
      store.suspect(ROWSET);
      assertThat(store.read(ROWSET, 0, 4)).isEqualTo(text("0123"));
    }
    assertThat(reads).hasValue(2);
  }

  @Test
  void belowEncryptionTheDiskHoldsOnlyWhatIsEncrypted() throws IOException {
    KeyFile key = KeyFile.create(directory.resolve("key"));
    byte[] secret = text("the secret that nobody may find on the disk, written many times over");
    try (ObjectStore store = EncryptedObjectStore.open(open(new InMemoryObjectStore()), key)) {
      store.put(ROWSET, List.of(secret, secret, secret));
      for (int i = 0; i < 2; i++) {
        assertThat(store.read(ROWSET, secret.length, secret.length)).isEqualTo(secret);
      }
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(directory)) {
      files = all.filter(path -> path.toString().endsWith(".blk")).toList();
    }
    assertThat(files).as("head and section").hasSize(2);
    for (Path file : files) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain("secret")
          .doesNotContain("nobody");
    }
    assertThat(reads).as("reads of the store").hasValue(2);
  }

  private ObjectStore open(ObjectStore remote) {
    ObjectStore counted =
        new ForwardingObjectStore(remote) {
          @Override
          public byte[] read(String key, long offset, int length) {
            reads.incrementAndGet();
            return super.read(key, offset, length);
          }
        };
    return CachedObjectStore.open(
        counted, DiskTier.open(directory.resolve("cache"), 1 << 20), "here");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
