package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// TPC-DS at scale factor 0.01: all queries that lie beside the project against the known answers.
/// Takes half a minute, so it runs only where asked for: `-Dredward.tpcds=true`.
@EnabledIfSystemProperty(named = "redward.tpcds", matches = "true")
class TpcdsTest {
  private static final int QUERIES = 99;

  /// Averages of integers and decimals are rounded otherwise there: an AVG of an integer is a
  /// BIGINT here, that of a DECIMAL keeps its scale; these also take part in comparisons.
  private static final Set<Integer> AVERAGES = Set.of(7, 13, 17, 22, 26, 27, 35, 39, 85);

  private static final BigDecimal TOLERANCE = new BigDecimal("0.011");

  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static Connection connection;

  @BeforeAll
  static void load() throws Exception {
    TpcdsTables.assumeSuite();
    warehouse = new TestWarehouse(directory.resolve("warehouse"));
    connection = warehouse.connect("preferQueryMode", "simple");
    TestWarehouse.execute(connection, Files.readString(TpcdsTables.suite().resolve("schema.sql")));
    TpcdsTables.load(connection, directory);
  }

  @AfterAll
  static void stop() throws Exception {
    if (connection != null) {
      connection.close();
      warehouse.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> answers() {
    return IntStream.rangeClosed(1, QUERIES)
        .mapToObj(n -> DynamicTest.dynamicTest("q%02d".formatted(n), () -> check(n)));
  }

  private static void check(int number) throws Exception {
    String query =
        Files.readString(TpcdsTables.suite().resolve("queries/%02d.sql".formatted(number)));
    List<String> actual;
    try {
      actual = TestWarehouse.rows(connection, query);
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as("q12 divides by zero there too").isEqualTo("22012");
      assertThat(number).isEqualTo(12);
      return;
    }
    Path known = TpcdsTables.suite().resolve("answers-sf0.01/%02d.csv".formatted(number));
    List<String> wanted = new ArrayList<>(Files.readAllLines(known));
    wanted.removeFirst();
    wanted.removeIf(String::isEmpty);
    assertThat(actual).as("rows of q" + number).hasSameSizeAs(wanted);
    if (!AVERAGES.contains(number)) {
      List<String> missing = new ArrayList<>(wanted);
      for (String row : actual) {
        int same = indexOf(missing, row);
        assertThat(same).as("q" + number + ": " + row + " among " + missing).isNotNegative();
        missing.remove(same);
      }
    }
  }

  private static int indexOf(List<String> rows, String row) {
    for (int i = 0; i < rows.size(); i++) {
      if (same(rows.get(i).split("\\|", -1), row.split("\\|", -1))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean same(String[] wanted, String[] actual) {
    boolean same = wanted.length == actual.length;
    for (int i = 0; same && i < wanted.length; i++) {
      String one = wanted[i].strip();
      String other = actual[i].strip();
      same = one.equals(other) || (one.isEmpty() && other.equals("NULL")) || close(one, other);
    }
    return same;
  }

  private static boolean close(String wanted, String actual) {
    try {
      BigDecimal difference = new BigDecimal(wanted).subtract(new BigDecimal(actual)).abs();
      return difference.compareTo(TOLERANCE) <= 0;
    } catch (NumberFormatException _) {
      return false;
    }
  }
}
