package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// TPC-H at scale factor 0.01, loaded by COPY and asked over the wire. Known answers lie beside the
/// project; where they are absent the comparison is skipped and only what TPC-H itself guarantees
/// is checked.
class TpchTest {
  private static final double SCALE = 0.01;
  private static final BigDecimal TOLERANCE = new BigDecimal("0.011");

  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static Connection connection;

  @BeforeAll
  static void load() throws Exception {
    TpchFiles files = new TpchFiles(directory.resolve("tpch"), SCALE);
    files.generate(new ProgressLine(new PrintStream(OutputStream.nullOutputStream())));
    warehouse = new TestWarehouse(directory.resolve("warehouse"));
    connection = warehouse.connect("preferQueryMode", "simple");
    TestWarehouse.execute(connection, TpchQueries.schema());
    for (String table : TpchFiles.tables()) {
      TestWarehouse.execute(
          connection, "copy " + table + " from 'file://" + files.table(table) + "' delimiter '|'");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    warehouse.close();
  }

  @Test
  void tables_have_the_rows_the_specification_gives() throws Exception {
    assertThat(count("region")).isEqualTo("5");
    assertThat(count("nation")).isEqualTo("25");
    assertThat(count("supplier")).isEqualTo("100");
    assertThat(count("customer")).isEqualTo("1500");
    assertThat(count("part")).isEqualTo("2000");
    assertThat(count("partsupp")).isEqualTo("8000");
    assertThat(count("orders")).isEqualTo("15000");
    assertThat(count("lineitem")).isEqualTo("60175");
  }

  /// The customers that q05 joins are those of five nations, which is known when orders are read.
  @Test
  void filters_pass_from_one_build_side_to_another() throws Exception {
    List<String> lines = TestWarehouse.rows(connection, "explain analyze " + TpchQueries.query(5));
    List<String> orders = lines.stream().filter(line -> line.contains("name=orders")).toList();
    assertThat(orders).singleElement().asString().contains("rows=");
    String year = "o_orderdate >= '1994-01-01' and o_orderdate < '1995-01-01'";
    int ofYear = Integer.parseInt(count("orders where " + year));
    int read = Integer.parseInt(orders.getFirst().replaceAll(".*rows=", ""));
    assertThat(read).isLessThan(ofYear / 3);
  }

  private static String count(String table) throws Exception {
    return TestWarehouse.rows(connection, "select count(*) from " + table).getFirst();
  }

  @TestFactory
  Stream<DynamicTest> answers() {
    return IntStream.rangeClosed(1, TpchQueries.COUNT)
        .mapToObj(n -> DynamicTest.dynamicTest("q%02d".formatted(n), () -> check(n)));
  }

  private static void check(int number) throws Exception {
    List<String> actual = TestWarehouse.rows(connection, TpchQueries.query(number));
    List<String> again = TestWarehouse.rows(connection, TpchQueries.query(number));
    assertThat(again).as("the cached plan gives the same answer").isEqualTo(actual);
    Path known = Path.of("../../shared/suites/tpch/answers-sf0.01/q%02d.csv".formatted(number));
    Assumptions.assumeTrue(
        Files.exists(known), "the known answers in ../shared are absent, comparison skipped");
    List<String> lines = Files.readAllLines(known);
    List<String> wanted = new ArrayList<>(lines.subList(1, lines.size()));
    wanted.removeIf(String::isEmpty);
    assertThat(actual).hasSameSizeAs(wanted);
    for (int row = 0; row < wanted.size(); row++) {
      assertRow(number, wanted.get(row).split("\\|", -1), actual.get(row).split("\\|", -1));
    }
  }

  private static void assertRow(int number, String[] wanted, String[] actual) throws IOException {
    assertThat(actual).as("q" + number).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      if (!actual[i].strip().equals(wanted[i].strip()) && !isClose(wanted[i], actual[i])) {
        assertThat(actual).as("q" + number).isEqualTo(wanted);
      }
    }
  }

  /// A Redshift-compatible AVG keeps its argument's scale, where the known answers are doubles.
  private static boolean isClose(String wanted, String actual) {
    try {
      return new BigDecimal(wanted.strip())
              .subtract(new BigDecimal(actual.strip()))
              .abs()
              .compareTo(TOLERANCE)
          <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
