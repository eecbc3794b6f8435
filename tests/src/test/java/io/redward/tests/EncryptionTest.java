package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.server.StoreAddress;
import io.redward.storage.encryption.EncryptedObjectStore;
import io.redward.storage.encryption.KeyFile;
import io.redward.storage.encryption.KeyRing;
import io.redward.storage.fsck.NamespaceCheck;
import io.redward.storage.objectstore.LocalObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A warehouse encrypted at rest, as `--encryption-key-file` makes it.
class EncryptionTest {
  private static final List<String> SECRETS =
      List.of("tbl_confidential", "col_salary", "Wilhelmina", "dept_nightshade");

  @TempDir Path directory;

  @Test
  void nothingThatUsersWroteIsInTheStoreInTheClear() throws Exception {
    Path key = directory.resolve("key");
    KeyFile.create(key);
    fill(address("encrypted", key));
    fill(Optional.of(new StoreAddress.Directory(directory.resolve("plain"))));
    assertThat(secretsIn(directory.resolve("plain"))).isEqualTo(SECRETS);
    assertThat(secretsIn(directory.resolve("encrypted"))).isEmpty();
    try (TestWarehouse again =
            new TestWarehouse(directory.resolve("home2"), address("encrypted", key));
        Connection connection = again.connect()) {
      check(connection);
    }
  }

  @Test
  void aWrongOrMissingKeyIsAClearErrorAndARotatedOneOpens() throws Exception {
    Path key = directory.resolve("key");
    Path next = directory.resolve("next");
    KeyFile.create(key);
    KeyFile.create(next);
    fill(address("encrypted", key));
    assertThatThrownBy(() -> new TestWarehouse(directory.resolve("h2"), address("encrypted", next)))
        .hasMessageContaining("the encryption key does not fit the namespace");
    Optional<StoreAddress> without =
        Optional.of(new StoreAddress.Directory(directory.resolve("encrypted")));
    assertThatThrownBy(() -> new TestWarehouse(directory.resolve("h3"), without))
        .hasMessageContaining("the namespace is encrypted and no key is given");
    try (ObjectStore store = LocalObjectStore.open(directory.resolve("encrypted"))) {
      KeyRing.rotate(store, KeyFile.read(key), KeyFile.read(next), true);
    }
    try (TestWarehouse again =
            new TestWarehouse(directory.resolve("h4"), address("encrypted", next));
        Connection connection = again.connect()) {
      check(connection);
    }
    try (ObjectStore store =
        EncryptedObjectStore.openToRead(
            LocalObjectStore.openToRead(directory.resolve("encrypted")), KeyFile.read(next))) {
      assertThat(NamespaceCheck.run(store).findings()).isEmpty();
    }
  }

  private Optional<StoreAddress> address(String folder, Path key) {
    return Optional.of(
        new StoreAddress.Encrypted(new StoreAddress.Directory(directory.resolve(folder)), key));
  }

  /// Small rows in the log, a table with objects of its own, deletes.
  private void fill(Optional<StoreAddress> store) throws Exception {
    Path home = Files.createTempDirectory(directory, "home");
    try (TestWarehouse warehouse = new TestWarehouse(home, store);
        Connection connection = warehouse.connect()) {
      TestWarehouse.execute(
          connection,
          "create table tbl_confidential (id int, col_salary bigint, who varchar(40) encode raw)",
          "insert into tbl_confidential values (1, 100, 'Wilhelmina'), (2, 200, 'Otto')",
          "create table many (n int, dept varchar(40) encode raw)",
          "insert into many select a.oid, 'dept_nightshade ' || a.oid || b.oid"
              + " from pg_class a, pg_class b",
          "delete from tbl_confidential where id = 2",
          "create table counted as select count(*) as n from many");
    }
  }

  private static void check(Connection connection) throws Exception {
    assertThat(TestWarehouse.rows(connection, "select id, col_salary, who from tbl_confidential"))
        .containsExactly("1|100|Wilhelmina");
    assertThat(
            TestWarehouse.rows(
                connection, "select (select count(*) from many) = (select max(n) from counted)"))
        .containsExactly("t");
  }

  private static List<String> secretsIn(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).isNotEmpty();
    StringBuilder stored = new StringBuilder();
    for (Path file : files) {
      stored.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    }
    for (String secret : SECRETS) {
      if (stored.indexOf(secret) >= 0) {
        found.add(secret);
      }
    }
    return found;
  }
}
