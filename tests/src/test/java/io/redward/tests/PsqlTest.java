package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plain psql against the real server; skipped where psql is not installed.
class PsqlTest {
  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException, SQLException {
    warehouse = new TestWarehouse(directory);
    warehouse.execute(
        "create table orders_of_psql (id integer not null, note varchar(20))",
        "insert into orders_of_psql values (1, 'first')",
        "create view notes_of_psql as select note from orders_of_psql");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\dt | orders_of_psql",
        "\\dv | notes_of_psql",
        "\\d | notes_of_psql",
        "\\d orders_of_psql | character varying(20)",
        "\\dn | public",
        "\\du | admin",
        "\\l | dev",
        "select note from orders_of_psql | first",
        "select version() | Redshift 1.0",
        "select nothing | column \"nothing\" does not exist"
      })
  void answers(String command, String expected) throws Exception {
    Process psql;
    try {
      psql =
          new ProcessBuilder(
                  List.of(
                      "psql",
                      "-X",
                      "-h",
                      "127.0.0.1",
                      "-p",
                      Integer.toString(warehouse.port()),
                      "-U",
                      "admin",
                      "-d",
                      "dev",
                      "-c",
                      command))
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      Assumptions.abort("psql is not installed, its test is skipped");
      return;
    }
    psql.getOutputStream().close();
    String output = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    psql.waitFor();
    assertThat(output).contains(expected);
  }
}
