package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.CacheSettings;
import io.redward.server.EmbeddedWarehouse;
import io.redward.server.StorageSettings;
import io.redward.server.StoreAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What a client sees when the store has bad luck: an error that names the object and says what to
/// do, from a server that stays up and answers what it can.
class BadLuckTest {
  private static final int FOOTER_MAGIC = 0x4652_5752;

  @TempDir Path directory;

  @Test
  void aDamagedAMissingAndALaterObjectFailTheirTableAlone() throws Exception {
    Optional<StoreAddress> store =
        Optional.of(new StoreAddress.Directory(directory.resolve("objects")));
    try (EmbeddedWarehouse warehouse = start(store);
        Connection connection = connect(warehouse)) {
      for (String table : List.of("flipped", "missing", "cut", "later", "sound")) {
        fill(connection, table);
      }
    }
    List<Path> rowsets = rowsets();
    assertThat(rowsets).as("tables with objects").hasSize(5);
    byte[] bytes = Files.readAllBytes(rowsets.get(0));
    bytes[bytes.length / 3] ^= 16;
    Files.write(rowsets.get(0), bytes);
    Files.delete(rowsets.get(1));
    byte[] whole = Files.readAllBytes(rowsets.get(2));
    Files.write(rowsets.get(2), Arrays.copyOf(whole, whole.length / 2));
    writeVersion(rowsets.get(3), 77);
    try (EmbeddedWarehouse warehouse = start(store);
        Connection connection = connect(warehouse)) {
      expect(
          connection,
          "select sum(n), max(d) from flipped",
          "XX001",
          "object \"" + name(rowsets.get(0)) + "\" is damaged: block",
          "Restore the object from a backup; other tables are not affected.");
      expect(
          connection,
          "select sum(n) from missing",
          "XX001",
          "object \"" + name(rowsets.get(1)) + "\" is missing",
          "Restore the object from a backup; other tables are not affected.");
      expect(
          connection,
          "select sum(n) from cut",
          "XX001",
          "object \"" + name(rowsets.get(2)) + "\" is cut short",
          "Restore the object from a backup; other tables are not affected.");
      expect(
          connection,
          "select sum(n) from later",
          "0A000",
          "object \""
              + name(rowsets.get(3))
              + "\" was written by a later release: rowset version 77 is not known",
          "Read it with the release that wrote it, or a later one.");
      checkSound(connection);
      TestWarehouse.execute(connection, "insert into sound values (1, 'more')");
      assertThat(TestWarehouse.rows(connection, "select d from sound where n = 1 and d = 'more'"))
          .containsExactly("more");
    }
  }

  @Test
  void aThrottledAFullAndAVanishedStoreFailTheStatementAndTheServerGoesOn() throws Exception {
    try (S3Server s3 = new S3Server(directory.resolve("s3"));
        FaultyLine line = new FaultyLine(s3.endpoint())) {
      // Made past the server, which spares the probe of a fresh store.
      try (EmbeddedWarehouse warehouse = start(s3.folder("unlucky"));
          Connection connection = connect(warehouse)) {
        fill(connection, "sound");
      }
      Optional<StoreAddress> store = s3.store("unlucky", line.endpoint());
      try (EmbeddedWarehouse warehouse = start(store);
          Connection connection = connect(warehouse)) {
        checkSound(connection);
        line.set(FaultyLine.Mode.THROTTLED);
        expect(
            connection,
            "select sum(n), max(d) from sound",
            "58030",
            "\": the object store asks to slow down",
            "Try again later, or raise the store's request limits.");
        line.set(FaultyLine.Mode.CLEAR);
        checkSound(connection);
        line.set(FaultyLine.Mode.FULL);
        expect(
            connection,
            "create table second as select * from sound",
            "53100",
            "\": the object store is full",
            "Free some space in the object store and try again.");
        checkSound(connection);
        line.set(FaultyLine.Mode.VANISHED);
        expect(
            connection,
            "select sum(n), max(d) from sound",
            "58030",
            "\": the object store cannot be reached",
            "Check the endpoint, the network and the credentials, then try again.");
        line.set(FaultyLine.Mode.CLEAR);
        checkSound(connection);
        fill(connection, "third");
      }
    }
  }

  /// The error of a statement: its state, a part of its message that names an object, its hint.
  private static void expect(
      Connection connection, String statement, String state, String message, String hint) {
    try {
      TestWarehouse.execute(connection, statement);
    } catch (PSQLException e) {
      ServerErrorMessage error = Objects.requireNonNull(e.getServerErrorMessage());
      assertThat(error.getMessage()).contains(message).containsPattern("\"[^\"]+\"");
      assertThat(error.getSQLState()).isEqualTo(state);
      assertThat(error.getHint()).isEqualTo(hint);
      return;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no error: " + statement);
  }

  private static void fill(Connection connection, String table) throws SQLException {
    TestWarehouse.execute(
        connection,
        "create table " + table + " (n int, d varchar(200) encode raw)",
        "insert into " + table + " select a.oid, a.relname || b.oid from pg_class a, pg_class b");
  }

  private static void checkSound(Connection connection) throws SQLException {
    assertThat(TestWarehouse.rows(connection, "select count(*) > 1000, max(d) is null from sound"))
        .containsExactly("t|f");
  }

  private EmbeddedWarehouse start(Optional<StoreAddress> store) throws IOException {
    CacheSettings nothing =
        new CacheSettings(OptionalLong.of(0), OptionalLong.of(0), Optional.empty(), 0);
    return EmbeddedWarehouse.start(
        directory.resolve("data"),
        StorageSettings.of(store).withCache(nothing),
        List.of(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        true);
  }

  private static Connection connect(EmbeddedWarehouse warehouse) throws SQLException {
    Connection connection = DriverManager.getConnection(warehouse.url(), "admin", "");
    TestWarehouse.execute(connection, "set enable_result_cache_for_session to off");
    return connection;
  }

  /// One object of each table in the order in which the tables were made.
  private List<Path> rowsets() throws IOException {
    Map<Integer, Path> byTable = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory.resolve("objects").resolve("data"))) {
      all.filter(path -> path.toString().endsWith(".rws"))
          .forEach(path -> byTable.put(table(path), path));
    }
    return List.copyOf(byTable.values());
  }

  private static int table(Path rowset) {
    return Integer.parseInt(rowset.getName(rowset.getNameCount() - 2).toString());
  }

  private String name(Path rowset) {
    return directory.resolve("objects").relativize(rowset).toString();
  }

  /// Gives a rowset's footer another version, and the checksum of that.
  private static void writeVersion(Path rowset, int version) throws IOException {
    byte[] bytes = Files.readAllBytes(rowset);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int footer = bytes.length - 8;
    while (buffer.getInt(footer) != FOOTER_MAGIC) {
      footer--;
    }
    bytes[footer + 4] = (byte) version;
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, footer, bytes.length - 4 - footer);
    buffer.putInt(bytes.length - 4, (int) checksum.getValue());
    Files.write(rowset, bytes);
  }
}
