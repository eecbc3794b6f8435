package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// COPY of Avro files that another library (fastavro 1.12) has written, and of whole JSON objects.
class AvroLoadTest {
  private static final String TABLE =
      "create table t (id bigint, name varchar(20), price decimal(10,2), day date, at timestamp,"
          + " ok bool, ratio float8, kind varchar(5), more super)";
  private static final String[] ROWS = {
    "-9000000000|NULL|NULL|1969-12-31|1960-01-01 00:00:00|f|-1e+300|b|{\"tags\":[],\"sizes\":{}}",
    "1|first|12.50|2025-01-02|2025-01-02 03:04:05.6789|t|0.25|a|"
        + "{\"tags\":[\"x\",\"y\\\"z\"],\"sizes\":{\"s\":1,\"m\":-2}}",
    "3|naïve|-0.07|2024-02-29|2024-02-29 23:59:59|t|3|b|" + "{\"tags\":[\"z\"],\"sizes\":{\"l\":3}}"
  };

  @TempDir private Path directory;

  private static String url(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(AvroLoadTest.class.getResource("/avro/" + name)).toURI())
        .toUri()
        .toString();
  }

  @Test
  void recordsAreLoadedByNameOrPath() throws Exception {
    Path paths = directory.resolve("paths.json");
    Files.writeString(
        paths, "{\"jsonpaths\": [\"$.id\", \"$.more.tags[0]\", \"$['more']['sizes']['s']\"]}");
    Path broken = directory.resolve("broken.avro");
    Files.writeString(broken, "Obj");
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"));
        Connection connection = warehouse.connect()) {
      for (String file : new String[] {"plain.avro", "deflated.avro"}) {
        TestWarehouse.execute(
            connection,
            "drop table if exists t",
            TABLE,
            "copy t from '" + url(file) + "' format as avro 'auto ignorecase'");
        assertThat(
                TestWarehouse.rows(
                    connection,
                    "select id, name, price, day, at, ok, ratio, kind, json_serialize(more)"
                        + " from t order by id"))
            .containsExactly(ROWS);
      }
      TestWarehouse.execute(
          connection,
          "create table p (id bigint, tag varchar(10), size int)",
          "copy p from '" + url("plain.avro") + "' avro '" + paths.toUri() + "'",
          "truncate t",
          "copy t from '" + url("plain.avro") + "' format avro");
      assertThat(TestWarehouse.rows(connection, "select * from p order by id"))
          .containsExactly("-9000000000|NULL|NULL", "1|x|1", "3|z|NULL");
      // Without IGNORECASE the name must be the column's.
      assertThat(TestWarehouse.rows(connection, "select count(id), count(name) from t"))
          .containsExactly("3|0");
      assertThatThrownBy(
              () ->
                  TestWarehouse.execute(
                      connection, "copy t from '" + broken.toUri() + "' format avro 'auto'"))
          .hasMessageContaining("it is no Avro file");
      assertThatThrownBy(
              () ->
                  TestWarehouse.execute(
                      connection, "copy t from '" + url("plain.avro") + "' avro delimiter ','"))
          .hasMessageContaining("AVRO is not compatible with DELIMITER");
    }
  }

  @Test
  void wholeObjectsGoIntoOneColumn() throws Exception {
    Path file = directory.resolve("objects.json");
    Files.writeString(file, "{\"a\": 1, \"b\": {\"c\": [1, \"x\"]}}\n{\"a\": 2}\n");
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"));
        Connection connection = warehouse.connect()) {
      TestWarehouse.execute(
          connection,
          "create table whole (o super)",
          "create table two (o super, p int)",
          "copy whole from '" + file.toUri() + "' format json 'noshred'");
      assertThat(
              TestWarehouse.rows(
                  connection, "select o.a, json_serialize(o.b.c) from whole order by o.a"))
          .containsExactly("1|[1,\"x\"]", "2|NULL");
      assertThatThrownBy(
              () ->
                  TestWarehouse.execute(
                      connection, "copy two from '" + file.toUri() + "' json 'noshred'"))
          .hasMessageContaining("into one column");
    }
  }
}
