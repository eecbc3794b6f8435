package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Spark itself in local mode against the real server, by both JDBC drivers. Its 270 MB of jars are
/// not part of this build: `-Dspark.jars=DIRECTORY` says where they are, `-Dspark.java=HOME` with
/// which Java (17 or 21) they run.
class SparkTest {
  private static final List<String> OPENED =
      List.of("lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util", "util.concurrent");

  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static ClientProgram programs;

  @BeforeAll
  static void start() throws IOException, SQLException {
    assumeTrue(
        System.getProperty("spark.jars") != null,
        "Spark's jars are too large for this build; -Dspark.jars=DIRECTORY names them");
    programs = new ClientProgram(directory, Map.of());
    warehouse = new TestWarehouse(directory.resolve("data"));
    try (Connection connection = warehouse.connect()) {
      TestWarehouse.execute(
          connection,
          "create table readings (id integer, place varchar(20), value double precision,"
              + " price decimal(10,2), day date)",
          "insert into readings select n, 'place ' || n % 7, n / 8.0, n / 100.0,"
              + " dateadd(day, n % 365, '2024-01-01'::date) from generate_series(1, 20000) g(n)",
          "insert into readings (place) values ('without a number')",
          "create table every_type (small smallint, large bigint, single real, flag boolean,"
              + " code char(4), at timestamp, tz timestamptz, t time, tt timetz, bytes varbyte(8),"
              + " number numeric(38,10), tree super, span interval day to second)",
          "insert into every_type values (1, 9007199254740993, 1.5, true, 'ab',"
              + " '2024-02-29 12:34:56.789012', '2024-02-29 12:34:56+02', '01:02:03',"
              + " '01:02:03+02', 'abc'::varbyte, 1234567890123456789.0123456789,"
              + " json_parse('{\"a\":1}'), interval '1 day 02:03:04' day to second)",
          "insert into every_type (small) values (2)");
    }
  }

  @AfterAll
  static void stop() {
    if (warehouse != null) {
      warehouse.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql,?sslmode=disable,org.postgresql.Driver",
    "redshift,?ssl=false,com.amazon.redshift.Driver"
  })
  void spark_reads_in_partitions_pushes_filters_down_and_writes(
      String scheme, String options, String driver)
      throws IOException, InterruptedException, ReflectiveOperationException {
    String jars =
        System.getProperty("spark.jars")
            + "/*"
            + File.pathSeparator
            + Path.of(
                Class.forName(driver)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("spark.java", System.getProperty("java.home")) + "/bin/java");
    command.add("-Xmx1g");
    for (String name : OPENED) {
      command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
            "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
            "-cp",
            jars,
            programs.script("spark/SparkClient.java"),
            "jdbc:" + scheme + "://127.0.0.1:" + warehouse.port() + "/dev" + options,
            driver));
    String output = programs.run(command.toArray(String[]::new));
    output.lines().filter(line -> !line.matches("\\d\\d/\\d\\d/.*")).forEach(System.out::println);
    assertThat(output.lines()).endsWith("ok");
  }
}
