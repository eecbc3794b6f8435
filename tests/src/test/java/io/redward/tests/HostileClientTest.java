package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What bad clients send: mutilated messages, mutilated SQL, a thousand connections at once. The
/// server answers with errors and goes on serving others.
class HostileClientTest {
  private static final int MESSAGES = 10_000;
  private static final int STATEMENTS = 10_000;
  private static final int CONNECTIONS = 1_000;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final long SEED = 42;

  private static final List<String> CORPUS =
      List.of(
          "select a, b from t where a > 1 and b like 'x%' order by 1 desc limit 3",
          "select count(distinct a), sum(c) from t group by b having count(*) > 0",
          "insert into t values (1, 'one', 1.5), (2, null, -2.25)",
          "update t set b = upper(b) || 'y', c = c * 2 where a in (1, 2, 3)",
          "delete from t where a between 1 and 2 or b is null",
          "with x as (select a, row_number() over (partition by b order by c) n from t)"
              + " select * from x left join t on x.a = t.a where n = 1",
          "select case when a = 1 then 'x' else b end, cast(c as varchar(3)) from t union all"
              + " select 'a', 'b'",
          "create temp table u (a int encode az64, b varchar(3) distkey) sortkey (a)",
          "select extract(year from date '2024-01-01'), dateadd(day, 1, current_date)",
          "select (select max(a) from t), exists (select 1 from t where a = 3), 1::numeric(5,2)");

  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException, SQLException {
    warehouse = new TestWarehouse(directory);
    warehouse.execute(
        "create table t (a integer, b varchar(10), c decimal(10,2))",
        "insert into t values (1, 'x', 1), (2, 'y', 2), (3, null, null)");
  }

  private static void assertStillServing() throws SQLException {
    try (Connection connection = warehouse.connect()) {
      assertThat(TestWarehouse.rows(connection, "select 6 * 7")).containsExactly("42");
    }
  }

  @Test
  void mutilated_messages_bring_errors_only() throws Exception {
    Random random = new Random(SEED);
    Wire wire = null;
    int sent = 0;
    while (sent < MESSAGES) {
      if (wire == null) {
        wire = new Wire();
      }
      try {
        for (int i = 0; i < 20; i++) {
          wire.send(mutilated(random));
          sent++;
        }
        wire.drain();
      } catch (EOFException | SocketException e) {
        wire.close();
        wire = null;
      }
    }
    if (wire != null) {
      wire.close();
    }
    assertStillServing();
  }

  /// A message of a real conversation with some bytes changed, cut or made up; half of them keep a
  /// right length, so that the body is looked at.
  private static byte[] mutilated(Random random) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    String text = CORPUS.get(random.nextInt(CORPUS.size()));
    char type = "QPBDECSHpFdcf".charAt(random.nextInt(13));
    switch (type) {
      case 'P' -> {
        body.write(("s" + random.nextInt(3) + "\0" + text + "\0").getBytes(StandardCharsets.UTF_8));
        body.write(new byte[] {0, (byte) random.nextInt(3)});
      }
      case 'B' -> {
        body.write(("p\0s" + random.nextInt(3) + "\0").getBytes(StandardCharsets.UTF_8));
        byte[] rest = new byte[random.nextInt(20)];
        random.nextBytes(rest);
        body.write(rest);
      }
      case 'D', 'C' ->
          body.write(("Sp" + random.nextInt(3) + "\0").getBytes(StandardCharsets.UTF_8));
      case 'E' -> body.write("p\0\0\0\0\1".getBytes(StandardCharsets.UTF_8));
      default -> body.write((text + "\0").getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = body.toByteArray();
    for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    int length = bytes.length + 4;
    if (random.nextInt(50) == 0) {
      length = random.nextInt();
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(message);
    out.writeByte(random.nextInt(40) == 0 ? random.nextInt(256) : type);
    out.writeInt(length);
    out.write(bytes, 0, random.nextInt(60) == 0 ? random.nextInt(bytes.length + 1) : bytes.length);
    return message.toByteArray();
  }

  @Test
  void mutilated_statements_bring_errors_only() throws SQLException {
    Random random = new Random(SEED);
    List<String> internal = new ArrayList<>();
    try (Connection connection = warehouse.connect("preferQueryMode", "simple");
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute("set statement_timeout to 5000");
      for (int i = 0; i < STATEMENTS; i++) {
        String text = mutate(random);
        try {
          statement.execute(text);
        } catch (SQLException e) {
          if ("XX000".equals(e.getSQLState())) {
            internal.add(text + "\n  " + e.getMessage());
          }
        }
      }
    }
    assertThat(internal).isEmpty();
    assertStillServing();
  }

  /// A statement with tokens dropped, doubled, exchanged or taken from another.
  private static String mutate(Random random) {
    List<String> tokens =
        new ArrayList<>(
            List.of(CORPUS.get(random.nextInt(CORPUS.size())).split("(?<=\\W)|(?=\\W)")));
    List<String> others = List.of(CORPUS.get(random.nextInt(CORPUS.size())).split("\\s+"));
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(5)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
        case 2 -> tokens.set(at, others.get(random.nextInt(others.size())));
        case 3 -> tokens.set(at, Character.toString(32 + random.nextInt(95)));
        default -> tokens.add(at, " " + random.nextInt() + " ");
      }
      if (tokens.isEmpty()) {
        tokens.add("select");
      }
    }
    return String.join("", tokens);
  }

  @Test
  void a_thousand_connections_are_served_at_once() throws Exception {
    List<Wire> open = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        open.add(new Wire());
      }
      for (Wire wire : open) {
        wire.send(query("select 1"));
      }
      for (Wire wire : open) {
        assertThat(wire.readUntilReady()).contains('D');
      }
      assertThat(open).hasSize(CONNECTIONS);
    } finally {
      for (Wire wire : open) {
        wire.close();
      }
    }
  }

  private static byte[] query(String text) throws IOException {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(message);
    out.writeByte('Q');
    out.writeInt(bytes.length + 4);
    out.write(bytes);
    return message.toByteArray();
  }

  /// A bare connection, logged in.
  private static final class Wire implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    Wire() throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), warehouse.port());
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new DataInputStream(socket.getInputStream());
      out = new DataOutputStream(socket.getOutputStream());
      byte[] parameters = "user\0admin\0database\0dev\0\0".getBytes(StandardCharsets.UTF_8);
      out.writeInt(parameters.length + 8);
      out.writeInt(3 << 16);
      out.write(parameters);
      out.flush();
      readUntilReady();
    }

    void send(byte[] message) throws IOException {
      out.write(message);
      out.flush();
    }

    /// Sends a Sync and reads what came before it; a server that waits for the rest of a message
    /// that announced too much is left alone.
    void drain() throws IOException {
      out.write(new byte[] {'S', 0, 0, 0, 4});
      out.flush();
      socket.setSoTimeout(200);
      try {
        while (true) {
          if (in.read() < 0) {
            throw new EOFException();
          }
        }
      } catch (SocketTimeoutException e) {
        socket.setSoTimeout(PATIENCE_MILLIS);
      }
    }

    /// The types of the messages up to ReadyForQuery.
    List<Character> readUntilReady() throws IOException {
      List<Character> types = new ArrayList<>();
      while (true) {
        char type = (char) in.readUnsignedByte();
        in.skipNBytes(in.readInt() - 4L);
        types.add(type);
        if (type == 'Z') {
          return types;
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
