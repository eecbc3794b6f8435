package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients in other languages against the real server. Each skips, saying so, where it is not
/// installed; the scripts are in `clients/` and print `ok` when all they check holds.
class ClientsTest {
  private static final Path ODBC_DRIVER = Path.of("/usr/lib/x86_64-linux-gnu/odbc/psqlodbcw.so");
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir private static Path directory;

  private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException {
    warehouse = new TestWarehouse(directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    warehouse.close();
  }

  @Test
  void psycopg2() throws IOException, InterruptedException {
    python("psycopg2", "psycopg2_client.py");
  }

  @Test
  void asyncpg() throws IOException, InterruptedException {
    python("asyncpg", "asyncpg_client.py");
  }

  @Test
  void sqlalchemy() throws IOException, InterruptedException {
    python("sqlalchemy, psycopg2", "sqlalchemy_client.py");
  }

  @Test
  void dbd_pg() throws IOException, InterruptedException {
    requireThatRuns("DBD::Pg", "perl", "-MDBD::Pg", "-e", "1");
    assertThat(run("perl", script("dbd_pg_client.pl"), port())).isEqualTo("ok");
  }

  @Test
  void odbc() throws IOException, InterruptedException {
    assumeTrue(Files.exists(ODBC_DRIVER), "PostgreSQL's ODBC driver is not installed");
    requireThatRuns("isql of unixODBC", "isql", "--version");
    Path sources = directory.resolve("odbc.ini");
    Files.writeString(
        sources,
        "[redward]\nDriver=%s\nServername=127.0.0.1\nPort=%s\nDatabase=dev\nUsername=admin\nSSLmode=disable\n"
            .formatted(ODBC_DRIVER, port()));
    String output =
        run(
            "sh",
            "-c",
            "ODBCINI='%s' isql redward -b -v < '%s'".formatted(sources, script("odbc_client.sql")));
    assertThat(output).contains("| one ").contains("2 rows fetched").contains("varchar");
  }

  @Test
  void pgbench() throws IOException, InterruptedException {
    requireThatRuns("pgbench", "pgbench", "--version");
    for (String protocol : List.of("simple", "extended", "prepared")) {
      String output =
          run(
              "pgbench",
              "-n",
              "-M",
              protocol,
              "-h",
              "127.0.0.1",
              "-p",
              port(),
              "-U",
              "admin",
              "-f",
              script("pgbench_client.sql"),
              "-c",
              "4",
              "-t",
              "20",
              "dev");
      assertThat(output)
          .contains("transactions actually processed: 80/80")
          .contains("failed transactions: 0 ");
    }
  }

  private static void python(String modules, String script)
      throws IOException, InterruptedException {
    requireThatRuns("Python's " + modules, PYTHON, "-c", "import " + modules);
    assertThat(run(PYTHON, script(script), port())).isEqualTo("ok");
  }

  private static String port() {
    return Integer.toString(warehouse.port());
  }

  private static String script(String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] bytes = ClientsTest.class.getResourceAsStream("/clients/" + name).readAllBytes();
    Files.write(file, bytes);
    return file.toString();
  }

  private static void requireThatRuns(String what, String... command) throws InterruptedException {
    boolean runs;
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      runs = process.waitFor() == 0;
    } catch (IOException e) {
      runs = false;
    }
    assumeTrue(runs, what + " is not installed");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(Arrays.asList(command));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", words).isTrue();
    assertThat(process.exitValue()).as("%s printed: %s", words, output).isZero();
    return output.strip();
  }
}
