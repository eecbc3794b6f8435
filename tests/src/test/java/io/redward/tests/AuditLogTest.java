package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The audit log's files of a warehouse that clients connect to have the documented fields.
class AuditLogTest {
  private static final String TIME = "\\w{3}, \\d+ \\w{3} \\d{4} [\\d:]+";

  @TempDir private Path directory;

  @Test
  void filesHaveTheDocumentedFields() throws IOException, SQLException {
    Path logs = directory.resolve("audit");
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"))) {
      warehouse.warehouse().leader().writeAudit(logs);
      assertThatThrownBy(() -> warehouse.connect("user", "nobody_here"))
          .hasMessageContaining("user \"nobody_here\" does not exist");
      try (Connection connection = warehouse.connect()) {
        TestWarehouse.execute(
            connection, "create user ann password 'Secret12'", "alter user ann rename to bea");
        assertThat(
                TestWarehouse.rows(
                    connection,
                    "select distinct trim(event), trim(username) from stl_connection_log"
                        + " where remotehost = '127.0.0.1' order by 1"))
            .containsExactly(
                "authenticated|admin",
                "authentication failure|nobody_here",
                "initiating session|admin");
      }
    }
    List<String> connections = lines(logs, "connectionlog");
    assertThat(connections)
        .allMatch(line -> line.split("\\|", -1).length == 22)
        .anyMatch(line -> line.matches("authentication failure.*\\|nobody_here\\|.*"))
        .anyMatch(
            line ->
                line.matches(
                    "initiating session\\|"
                        + TIME
                        + "\\|127\\.0\\.0\\.1\\|\\d+\\|\\d+\\|dev\\|admin\\|trust\\|0"
                        + "\\|TLSv1\\.3\\|TLS_\\w+\\|{9}0\\|{2}"))
        .anyMatch(line -> line.startsWith("disconnecting session|"));
    assertThat(lines(logs, "userlog"))
        .hasSize(2)
        .allMatch(line -> line.split("\\|", -1).length == 11)
        .anyMatch(line -> line.matches("\\d+\\|ann\\|\\|create\\|0\\|0\\|0\\|.*" + TIME))
        .anyMatch(line -> line.matches("\\d+\\|bea\\|ann\\|rename\\|.*"));
    assertThat(lines(logs, "useractivitylog"))
        .anyMatch(
            line ->
                line.matches(
                    "'[\\dT:-]+Z UTC \\[ db=dev user=admin pid=\\d+ userid=\\d+ xid=\\d+ ]' LOG:"
                        + " create user ann password '\\*{3}'"));
  }

  private static List<String> lines(Path logs, String kind) throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(kind + "-"))
          .flatMap(
              file -> {
                try {
                  return Files.readAllLines(file).stream();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }
}
