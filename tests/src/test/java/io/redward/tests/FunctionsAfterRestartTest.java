package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions in Java are compiled anew after a start of the server, and answer as before.
class FunctionsAfterRestartTest {
  private static final String QUERY = "select a, digits(a), distinct_words(b) from t order by a";

  @TempDir private Path directory;

  @Test
  void functionsInJavaWorkAfterARestart() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      TestWarehouse.execute(
          connection,
          "create table t as select 1234 as a, 'one two one'::varchar as b",
          "insert into t values (56, 'x')",
          "create function digits(n int) returns int immutable as $$"
              + " int s = 0; while (n > 0) { s += n % 10; n /= 10; } return s; $$ language java",
          "create function distinct_words(b varchar) returns int immutable as $$"
              + " return new HashSet<>(Arrays.asList(b.split(\" \"))).size(); $$ language java");
      assertThat(TestWarehouse.rows(connection, QUERY)).containsExactly("56|11|1", "1234|10|2");
    }
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      assertThat(TestWarehouse.rows(connection, QUERY)).containsExactly("56|11|1", "1234|10|2");
      TestWarehouse.execute(
          connection,
          "create or replace function digits(n int) returns int immutable as $$"
              + " return -1; $$ language java");
      assertThat(TestWarehouse.rows(connection, "select digits(a) from t"))
          .containsExactly("-1", "-1");
    }
  }
}
