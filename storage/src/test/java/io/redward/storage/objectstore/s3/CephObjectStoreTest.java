package io.redward.storage.objectstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStoreContract;
import io.redward.storage.objectstore.RaceProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract against Ceph, where its packages are installed.
final class CephObjectStoreTest extends ObjectStoreContract {
  @TempDir static Path directory;

  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static @Nullable CephGateway gateway;

  private @Nullable S3ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(CephGateway.installed(), "no Ceph here (radosgw ceph-mon ceph-osd ceph-common)");
    gateway = CephGateway.start(directory);
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @AfterEach
  void closeStore() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  protected ObjectStore store() {
    if (gateway == null) {
      throw new IllegalStateException("the gateway does not run");
    }
    S3ObjectStore opened = gateway.store("test/" + PREFIXES.incrementAndGet() + "/");
    store = opened;
    return opened;
  }

  @Test
  void racesAreDecided() {
    ObjectStore racy = store();
    RaceProbe.run(racy);
    assertThat(racy.list("")).isEmpty();
  }

  @Test
  void largeObjectsAreWrittenInParts() {
    byte[] large = new byte[S3ObjectStore.PART_BYTES + 4711];
    new Random(5).nextBytes(large);
    ObjectStore parts = store();
    parts.put("data/large", List.of(large));
    assertThat(parts.find("data/large")).hasValueSatisfying(b -> assertThat(b).isEqualTo(large));
  }
}
