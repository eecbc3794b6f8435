package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// EXPLAIN ANALYZE tells what each step of a statement did, and the statement is run as any other.
class ExplainAnalyzeTest {
  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static Connection connection;

  @BeforeAll
  static void load() throws Exception {
    warehouse = new TestWarehouse(directory);
    connection = warehouse.connect("preferQueryMode", "simple");
    TestWarehouse.execute(
        connection,
        "create table digits (d integer)",
        "insert into digits values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)",
        "create table facts (id integer, s varchar(40))",
        "insert into facts select n, 'the string of ' || n from (select a.d + 10*b.d + 100*c.d"
            + " + 1000*e.d + 10000*f.d as n from digits a, digits b, digits c, digits e, digits f"
            + " where f.d < 2) numbers",
        "create user stranger password 'Abcdefg1'");
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    warehouse.close();
  }

  @Test
  void steps_have_rows_blocks_memory_and_code() throws Exception {
    String query =
        "explain analyze select a.d, count(*) from facts join digits a on mod(id, 10) = a.d"
            + " where id < 5000 group by 1";
    List<String> lines = TestWarehouse.rows(connection, query);
    assertThat(lines)
        .anyMatch(line -> line.contains("(cost="))
        .anyMatch(line -> line.matches("Planning: .* \\(bind .*, optimize .*, plan .*\\)"))
        .anyMatch(line -> line.matches("Execution: .* ms, SELECT 10, up to .* in memory, 0 B on.*"))
        .anyMatch(line -> line.matches("    scan   tbl=\\d+ name=facts  rows=5000"))
        .anyMatch(line -> line.matches("    scan   tbl=\\d+ name=digits  rows=10"))
        .anyMatch(line -> line.matches("    return  rows=10"))
        .anyMatch(line -> line.matches(".*blocks: \\d+ cached \\(.*B\\), 0 read, .*"))
        .anyMatch(line -> line.matches(".*code (cached|new: emitted in .* ms, defined in .* ms)"));
  }

  @Test
  void bytes_of_blocks_are_kept_for_views() throws Exception {
    TestWarehouse.rows(connection, "select /* weighed */ count(s), sum(id) from facts");
    assertThat(
            TestWarehouse.rows(
                connection,
                "select d.input_bytes > 20000 from sys_query_detail d join sys_query_history h"
                    + " using (query_id) where h.query_text like 'select /* weighed%'"
                    + " and d.step_name = 'scan' and d.table_name = 'facts'"))
        .containsExactly("t");
  }

  @Test
  void code_is_new_once() throws Exception {
    String query = "explain analyze select upper(s), id * 3 from facts where id between 7 and 77";
    assertThat(TestWarehouse.rows(connection, query)).anyMatch(line -> line.contains("code new"));
    assertThat(TestWarehouse.rows(connection, query))
        .anyMatch(line -> line.contains("code cached"))
        .noneMatch(line -> line.contains("code new"));
  }

  @Test
  void what_goes_to_disk_is_told() throws Exception {
    TestWarehouse.execute(connection, "set query_memory to 200");
    try {
      assertThat(TestWarehouse.rows(connection, "explain analyze select s from facts order by s"))
          .anyMatch(line -> line.matches("  stream .* to disk.*"))
          .noneMatch(line -> line.contains("0 B on disk"));
    } finally {
      TestWarehouse.execute(connection, "set query_memory to 0");
    }
  }

  @Test
  void changes_are_made() throws Exception {
    TestWarehouse.execute(connection, "create table gone as select id from facts where id < 100");
    assertThat(TestWarehouse.rows(connection, "explain analyze delete from gone where id < 40"))
        .anyMatch(line -> line.contains("DELETE 40"))
        .anyMatch(line -> line.matches("    delete tbl=\\d+  rows=40"));
    assertThat(TestWarehouse.rows(connection, "select count(*) from gone")).containsExactly("60");
  }

  @Test
  void a_table_made_of_all_of_another_one_reads_no_block() throws Exception {
    assertThat(
            TestWarehouse.rows(
                connection, "explain analyze create table same as select * from facts"))
        .anyMatch(line -> line.contains("SELECT 20000"))
        .anyMatch(line -> line.matches("    insert .*  rows=20000"))
        .noneMatch(line -> line.contains("blocks:"));
    String other = "explain analyze create table other as select id + 1 as id, s from same";
    assertThat(TestWarehouse.rows(connection, other)).anyMatch(line -> line.contains("blocks:"));
    assertThat(TestWarehouse.rows(connection, "select sum(id), min(s) from same"))
        .isEqualTo(TestWarehouse.rows(connection, "select sum(id), min(s) from facts"));
  }

  @Test
  void what_one_may_not_do_one_may_not_analyze() throws Exception {
    TestWarehouse.execute(connection, "set session authorization stranger");
    try {
      for (String statement : List.of("select count(*) from facts", "delete from facts")) {
        assertThatThrownBy(() -> TestWarehouse.rows(connection, "explain analyze " + statement))
            .hasMessageContaining("permission denied for relation facts");
      }
    } finally {
      TestWarehouse.execute(connection, "reset session authorization");
    }
    assertThat(TestWarehouse.rows(connection, "select count(*) from facts"))
        .containsExactly("20000");
  }
}
