package io.redward.storage.objectstore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStoreContract;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract against a real server of the S3 API, and what is particular to S3.
final class S3ObjectStoreTest extends ObjectStoreContract {
  @TempDir static Path directory;

  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static @Nullable S3Server server;

  private @Nullable S3ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    server().close();
  }

  @AfterEach
  void closeStore() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  protected ObjectStore store() {
    S3ObjectStore opened = server().store("test/" + PREFIXES.incrementAndGet() + "/");
    store = opened;
    return opened;
  }

  @Test
  void largeObjectsAreWrittenInPartsAndReadBackWhole() {
    byte[] first = new byte[S3ObjectStore.PART_BYTES - 7];
    byte[] second = new byte[S3ObjectStore.PART_BYTES / 2 + 20];
    new Random(3).nextBytes(first);
    new Random(4).nextBytes(second);
    ObjectStore large = store();
    large.put("data/large", List.of(first, second));
    assertThat(large.size("data/large")).contains((long) first.length + second.length);
    assertThat(large.read("data/large", first.length - 2, 4))
        .isEqualTo(
            new byte[] {first[first.length - 2], first[first.length - 1], second[0], second[1]});
    byte[] whole = large.find("data/large").orElseThrow();
    assertThat(Arrays.equals(whole, 0, first.length, first, 0, first.length)).isTrue();
    assertThat(Arrays.equals(whole, first.length, whole.length, second, 0, second.length)).isTrue();
  }

  @Test
  void aMissingBucketAWrongKeyAndADeadEndpointAreErrorsThatSayWhatToDo() throws Exception {
    S3Options options = server().options();
    try (S3ObjectStore noBucket = new S3ObjectStore(S3Connection.open(options), "nowhere", "")) {
      assertThatThrownBy(() -> noBucket.find("a"))
          .isInstanceOf(SqlException.class)
          .hasMessage("could not read \"s3://nowhere/a\": there is no such bucket");
    }
    S3Options.Keys wrong = new S3Options.Keys("local-identity", "guessed", Optional.empty());
    try (S3ObjectStore denied =
        new S3ObjectStore(S3Connection.open(options.withKeys(wrong)), S3Server.BUCKET, "")) {
      assertThatThrownBy(() -> denied.putIfAbsent("a", new byte[1]))
          .isInstanceOf(SqlException.class)
          .hasMessageStartingWith("could not write \"s3://warehouse/a\": access denied");
    }
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    S3Options dead = options.withEndpoint(URI.create("http://127.0.0.1:" + free));
    try (S3ObjectStore unreachable =
        new S3ObjectStore(S3Connection.open(dead), S3Server.BUCKET, "")) {
      assertThatThrownBy(() -> unreachable.putIfAbsent("a", new byte[1]))
          .isInstanceOf(SqlException.class)
          .hasMessageContaining("\"s3://warehouse/a\": the object store cannot be reached");
    }
  }

  private static S3Server server() {
    S3Server started = server;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }
}
