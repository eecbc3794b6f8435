package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// COPY of what commands on a host print; the host is an SSH server of this process.
class SshCopyTest {
  @TempDir static Path directory;

  private static SshServer host;
  private static String hostKey;
  private static TestWarehouse warehouse;
  private static Connection connection;

  @BeforeAll
  static void start() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair own = generator.generateKeyPair();
    hostKey = PublicKeyEntry.toString(own.getPublic());
    Path authorized = directory.resolve("warehouse/ssh/id_ecdsa.pub");
    host = SshServer.setUpDefaultServer();
    host.setHost("127.0.0.1");
    host.setPort(0);
    host.setKeyPairProvider(KeyPairProvider.wrap(own));
    host.setPublickeyAuthenticator(
        (user, key, _) ->
            user.equals("export") && PublicKeyEntry.toString(key).equals(read(authorized)));
    host.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
    host.start();
    warehouse = new TestWarehouse(directory.resolve("warehouse"));
    connection = warehouse.connect();
    TestWarehouse.execute(connection, "create table t (a int, b varchar(9))");
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    warehouse.close();
    host.stop();
  }

  @Test
  void whatCommandsPrintIsLoaded() throws Exception {
    String first = entry("printf '1|one\\\\n2|two\\\\n'", "export", hostKey.split(" ")[1]);
    String second = entry("printf '3|three\\\\n'", "export", hostKey);
    TestWarehouse.execute(connection, "truncate t", copy(first + "," + second));
    assertThat(TestWarehouse.rows(connection, "select * from t order by a"))
        .containsExactly("1|one", "2|two", "3|three");
    assertThat(
            TestWarehouse.rows(connection, "select distinct trim(filename) from stl_load_commits"))
        .contains("ssh://export@127.0.0.1:" + host.getPort());
  }

  @Test
  void aHostThatCannotBeReachedIsLeftOutUnlessItIsMandatory() throws Exception {
    String good = entry("printf '7|x\\\\n'", "export", hostKey);
    String stranger = entry("printf '8|x\\\\n'", "nobody", hostKey);
    TestWarehouse.execute(connection, "truncate t", copy(good + "," + stranger));
    assertThat(TestWarehouse.rows(connection, "select a from t")).containsExactly("7");
    refused(stranger, "could not connect to \"ssh://nobody@127.0.0.1:" + host.getPort());
    assertThat(
            TestWarehouse.rows(
                connection,
                "select trim(e.ssh_username), trim(e.endpoint), trim(e.command),"
                    + " e.error like 'could not connect to%', q.aborted from stl_sshclient_error e"
                    + " join stl_query q using (query) where e.ssh_username = 'nobody'"
                    + " order by q.query"))
        .as("left out, and the reason of a failure")
        .containsExactly(row(0), row(1));
    refused(stranger, "must let in the warehouse's key: ecdsa-sha2-nistp256 AAAA");
    refused(good + "," + stranger.replace("{", "{\"mandatory\": true, "), "could not connect to");
  }

  @Test
  void anotherHostsKeyAFailingCommandAndABadManifestAreErrors() throws Exception {
    refused(entry("printf '1|x'", "export", "AAAAother"), "could not connect to");
    refused(
        entry("echo no such file >&2; exit 3", "export", hostKey),
        "the command on \"ssh://export@127.0.0.1:" + host.getPort() + "\" ended with status 3");
    refused("{\"endpoint\": \"x\"}", "Invalid SSH manifest file");
    refused(entry("printf 'x|x\\\\n'", "export", hostKey), "Load into table 't' failed");
    TestWarehouse.execute(
        connection, "create user other password 'Secret12'", "grant all on t to other");
    try (Connection other = warehouse.connect()) {
      TestWarehouse.execute(other, "set session authorization other");
      assertThatThrownBy(() -> TestWarehouse.execute(other, copy(entry("true", "export", hostKey))))
          .hasMessageContaining("must be superuser to COPY from remote hosts");
    }
  }

  private static String row(int aborted) {
    return "nobody|127.0.0.1:%d|printf '8|x\\n'|t|%d".formatted(host.getPort(), aborted);
  }

  @Test
  void cancelEndsTheWaitingForACommand() throws Exception {
    String copy = copy(entry("sleep 60", "export", hostKey));
    try (Connection waiting = warehouse.connect();
        Statement statement = waiting.createStatement()) {
      String session = TestWarehouse.rows(waiting, "select pg_backend_pid()").getFirst();
      CompletableFuture<Throwable> end =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> statement.execute(copy)));
      String running = "select count(*) from stv_inflight where pid = " + session;
      while (TestWarehouse.rows(connection, running).equals(List.of("0"))) {
        Thread.onSpinWait();
      }
      TestWarehouse.execute(connection, "cancel " + session);
      assertThat(end.get(60, TimeUnit.SECONDS)).hasMessageContaining("cancel");
    }
  }

  private static void refused(String entries, String message) {
    assertThatThrownBy(() -> TestWarehouse.execute(connection, copy(entries)))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(message);
  }

  private static String entry(String command, String user, String key) {
    return "{\"endpoint\": \"127.0.0.1:%d\", \"command\": \"%s\", \"username\": \"%s\", \"publickey\": \"%s\"}"
        .formatted(host.getPort(), command, user, key);
  }

  private static String copy(String entries) throws IOException {
    Path manifest = directory.resolve("hosts.json");
    Files.writeString(manifest, "{\"entries\": [" + entries + "]}");
    return "copy t from 'file://" + manifest + "' ssh";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
