package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients in other languages against the real server. Each skips, saying so, where it is not
/// installed; the scripts are in `clients/` and print `ok` when all they check holds.
class ClientsTest {
  private static final Path ODBC_DRIVER = Path.of("/usr/lib/x86_64-linux-gnu/odbc/psqlodbcw.so");
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;
  private static ClientProgram programs;

  @BeforeAll
  static void start() throws IOException {
    warehouse = new TestWarehouse(directory.resolve("data"));
    programs = new ClientProgram(directory, goOfDebian());
  }

  /// Go finds the libraries of Debian's packages.
  private static Map<String, String> goOfDebian() {
    return Map.of(
        "GO111MODULE",
        "off",
        "GOPATH",
        "/usr/share/gocode",
        "GOCACHE",
        directory.resolve("go").toString());
  }

  @Test
  void psycopg2() throws IOException, InterruptedException {
    python("psycopg2", "psycopg2_client.py");
  }

  @Test
  void psycopg3() throws IOException, InterruptedException {
    python("psycopg", "psycopg3_client.py");
  }

  @Test
  void asyncpg() throws IOException, InterruptedException {
    python("asyncpg", "asyncpg_client.py");
  }

  @Test
  void pg8000() throws IOException, InterruptedException {
    python("pg8000", "pg8000_client.py");
  }

  @Test
  void sqlalchemy() throws IOException, InterruptedException {
    python("sqlalchemy, psycopg2", "sqlalchemy_client.py");
  }

  @Test
  void dbd_pg() throws IOException, InterruptedException {
    programs.require("DBD::Pg", "perl", "-MDBD::Pg", "-e", "1");
    programs.check("perl", programs.script("dbd_pg_client.pl"), port());
  }

  @Test
  void ruby_pg() throws IOException, InterruptedException {
    programs.require("Ruby's pg", "ruby", "-rpg", "-e", "1");
    programs.check("ruby", programs.script("ruby_pg_client.rb"), port());
  }

  @Test
  void pdo() throws IOException, InterruptedException {
    programs.require("PHP's PDO", "php", "-r", "exit((int) !extension_loaded('pdo_pgsql'));");
    programs.check("php", programs.script("pdo_client.php"), port());
  }

  @Test
  void rpostgresql() throws IOException, InterruptedException {
    programs.require("R's RPostgreSQL", "Rscript", "-e", "library(RPostgreSQL)");
    programs.check("Rscript", programs.script("rpostgresql_client.R"), port());
  }

  @Test
  void lib_pq_of_go() throws IOException, InterruptedException {
    programs.require("Go with lib/pq", "go", "list", "github.com/lib/pq");
    programs.check("go", "run", programs.script("pq_client.go"), port());
  }

  @Test
  void libpq() throws IOException, InterruptedException {
    programs.require("a C compiler with libpq", "sh", "-c", "cc --version && pg_config --version");
    String source = programs.script("libpq_client.c");
    String program = directory.resolve("libpq_client").toString();
    String build = "cc -Wall -Werror -I\"$(pg_config --includedir)\" '%s' -lpq -o '%s'";
    programs.run("sh", "-c", build.formatted(source, program));
    programs.check(program, port());
  }

  @Test
  void odbc() throws IOException, InterruptedException {
    assumeTrue(Files.exists(ODBC_DRIVER), "PostgreSQL's ODBC driver is not installed");
    programs.require("isql of unixODBC", "isql", "--version");
    Path sources = directory.resolve("odbc.ini");
    Files.writeString(
        sources,
        "[redward]\nDriver=%s\nServername=127.0.0.1\nPort=%s\nDatabase=dev\nUsername=admin\nSSLmode=disable\n"
            .formatted(ODBC_DRIVER, port()));
    String output =
        programs.run(
            "sh",
            "-c",
            "ODBCINI='%s' isql redward -b -v < '%s'"
                .formatted(sources, programs.script("odbc_client.sql")));
    assertThat(output).contains("| one ").contains("2 rows fetched").contains("varchar");
  }

  @Test
  void pgbench() throws IOException, InterruptedException {
    programs.require("pgbench", "pgbench", "--version");
    String place = "-h 127.0.0.1 -U admin -p " + port() + " dev";
    for (String protocol : List.of("simple", "extended", "prepared")) {
      String script = programs.script("pgbench_client.sql");
      String run = "pgbench -n -c 4 -t 20 -M %s -f '%s' %s".formatted(protocol, script, place);
      assertThat(programs.run("sh", "-c", run))
          .contains("transactions actually processed: 80/80")
          .contains("failed transactions: 0 ");
    }
  }

  private static void python(String modules, String script)
      throws IOException, InterruptedException {
    programs.require("Python's " + modules, PYTHON, "-c", "import " + modules);
    programs.check(PYTHON, programs.script(script), port());
  }

  private static String port() {
    return Integer.toString(warehouse.port());
  }
}
