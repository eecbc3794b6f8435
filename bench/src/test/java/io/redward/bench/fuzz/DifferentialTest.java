package io.redward.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The short form of `bench differential`.
class DifferentialTest {
  private static final int QUERIES = 360;

  @Test
  void random_queries_have_the_rows_they_have_in_duckdb() throws Exception {
    try (FuzzWarehouse warehouse = new FuzzWarehouse()) {
      Fuzzer fuzzer =
          new Fuzzer(warehouse::subject, Optional.of(FuzzWarehouse::duckDb), Optional.empty());
      List<Fuzzer.Failure> failures = fuzzer.run(() -> fuzzer.checks() < QUERIES, 3, _ -> {});
      assertThat(failures).isEmpty();
      assertThat(fuzzer.checks()).isGreaterThanOrEqualTo(QUERIES);
    }
  }
}
