package io.redward.leader.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.SuiteCatalog;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.RelationalTypeFactory;
import io.redward.leader.relational.TableStatistics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Plans of TPC-H with the statistics of scale factor 1, compared with golden texts, and of TPC-DS,
/// which need only come out whole. Golden texts are rewritten by
/// `-Dredward.plans.update=true`.
final class SuitePlansTest {
  private static final Path SUITES = Path.of("..", "..", "shared", "suites");
  private static final Path GOLDEN = Path.of("src", "test", "resources", "plans", "tpch");

  /// Rows at scale factor 1 of the tables that matter.
  private static final Map<String, Double> TPCDS_ROWS =
      Map.ofEntries(
          Map.entry("store_sales", 2_880_404.0),
          Map.entry("catalog_sales", 1_441_548.0),
          Map.entry("web_sales", 719_384.0),
          Map.entry("inventory", 11_745_000.0),
          Map.entry("store_returns", 287_514.0),
          Map.entry("catalog_returns", 144_067.0),
          Map.entry("web_returns", 71_763.0),
          Map.entry("customer", 100_000.0),
          Map.entry("customer_address", 50_000.0),
          Map.entry("customer_demographics", 1_920_800.0),
          Map.entry("item", 18_000.0),
          Map.entry("date_dim", 73_049.0),
          Map.entry("time_dim", 86_400.0));

  @TestFactory
  List<DynamicTest> tpchPlansAreAsExpected() {
    List<Path> queries = queries("tpch");
    TpchTables tables = new TpchTables(new RelationalTypeFactory());
    SuiteCatalog catalog = new SuiteCatalog(schema("tpch"), name -> tables.get(name).statistics());
    return queries.stream()
        .map(query -> DynamicTest.dynamicTest(name(query), () -> compare(catalog, query)))
        .toList();
  }

  private static void compare(SuiteCatalog catalog, Path query) throws IOException {
    String plan = LogicalText.withoutEstimates(optimized(catalog, query));
    Path golden = GOLDEN.resolve(name(query) + ".plan");
    if (Boolean.getBoolean("redward.plans.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, plan);
    }
    assertThat(plan).isEqualTo(Files.readString(golden));
  }

  @TestFactory
  List<DynamicTest> tpcdsIsPlanned() {
    List<Path> queries = queries("tpcds");
    SuiteCatalog catalog =
        new SuiteCatalog(
            schema("tpcds"),
            name -> TableStatistics.ofRowCount(TPCDS_ROWS.getOrDefault(name, 100.0)));
    return queries.stream()
        .map(
            query ->
                DynamicTest.dynamicTest(
                    name(query),
                    () ->
                        assertThat(LogicalText.of(optimized(catalog, query)))
                            .doesNotContain("Correlate")
                            .doesNotContain("exists (")))
        .toList();
  }

  private static RelNode optimized(SuiteCatalog catalog, Path query) throws IOException {
    PlannerContext planner = PlannerContext.create();
    return new Optimizer(ConstantFolder.NONE).optimize(planner, bound(catalog, query, planner));
  }

  private static RelNode bound(SuiteCatalog catalog, Path query, PlannerContext planner)
      throws IOException {
    try {
      return catalog.query(Files.readString(query), planner);
    } catch (SqlException e) {
      assumeTrue(e.state() != SqlState.UNDEFINED_FUNCTION, e.getMessage());
      throw e;
    }
  }

  private static List<Path> queries(String suite) {
    Path folder = SUITES.resolve(suite).resolve("queries");
    assumeTrue(Files.isDirectory(folder), "the shared suites are not there: " + folder);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String schema(String suite) {
    try {
      return Files.readString(SUITES.resolve(suite).resolve("schema.sql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path query) {
    return query.getFileName().toString().replace(".sql", "");
  }
}
