package io.redward.leader.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every query of TPC-H and TPC-DS becomes a sound plan with all its texts.
class SuitePlansTest {
  private static final Map<String, Long> TPCH_ROWS =
      Map.of(
          "region", 5L,
          "nation", 25L,
          "part", 200_000L,
          "supplier", 10_000L,
          "partsupp", 800_000L,
          "customer", 150_000L,
          "orders", 1_500_000L,
          "lineitem", 6_001_215L);
  private static final Map<String, Long> TPCDS_ROWS =
      Map.of(
          "store_sales", 2_880_404L,
          "catalog_sales", 1_441_548L,
          "web_sales", 719_384L,
          "store_returns", 287_514L,
          "inventory", 11_745_000L,
          "date_dim", 73_049L,
          "item", 18_000L,
          "customer", 100_000L,
          "customer_address", 50_000L,
          "customer_demographics", 1_920_800L);

  /// The benchmarks' texts lie beside the project, if at all.
  private static Path suites() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null) {
      Path suites = directory.resolve("shared/suites");
      if (Files.isDirectory(suites)) {
        return suites;
      }
      directory = directory.getParent();
    }
    return Path.of("shared/suites");
  }

  private static String read(String file) throws IOException {
    Path path = suites().resolve(file);
    Assumptions.assumeTrue(Files.exists(path), "there is no " + path);
    return Files.readString(path);
  }

  static Stream<String> tpch() {
    return IntStream.rangeClosed(1, 22).mapToObj("tpch/queries/q%02d.sql"::formatted);
  }

  static Stream<String> tpcds() {
    return IntStream.rangeClosed(1, 99).mapToObj("tpcds/queries/%02d.sql"::formatted);
  }

  @ParameterizedTest
  @MethodSource("tpch")
  void tpchQueryBecomesASoundPlan(String file) throws IOException {
    check(new SuitePlanner(read("tpch/schema.sql"), TPCH_ROWS), file);
  }

  @ParameterizedTest
  @MethodSource("tpcds")
  void tpcdsQueryBecomesASoundPlan(String file) throws IOException {
    check(new SuitePlanner(read("tpcds/schema.sql"), TPCDS_ROWS), file);
  }

  @Test
  void aLargeTableOfWhichLittleIsWantedIsScannedWithTheKeysOfTheRestThoughItsOwnAreUnique()
      throws IOException {
    SuitePlanner planner = new SuitePlanner(read("tpch/schema.sql"), TPCH_ROWS);
    assertThat(plan(planner, read("tpch/queries/q09.sql")).explain())
        .anyMatch(line -> line.contains("(\"outer\".o_orderkey = \"inner\".l_orderkey)"));
  }

  private static void check(SuitePlanner planner, String file) throws IOException {
    PlannedQuery planned = plan(planner, read(file));
    assertThat(planned.explain().getFirst()).startsWith("XN ");
    assertThat(planned.explainPhysical()).isNotEmpty();
    assertThat(planned.explainSegments().getLast()).contains("return");
  }

  /// The plan; skipped where the catalogue of functions lacks one that the query calls.
  private static PlannedQuery plan(SuitePlanner planner, String query) {
    try {
      return planner.plan(query);
    } catch (SqlException e) {
      Assumptions.assumeFalse(e.state() == SqlState.UNDEFINED_FUNCTION, e.message());
      throw e;
    }
  }
}
