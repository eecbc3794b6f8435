package io.redward.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.EmbeddedWarehouse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The short form of `bench fuzz`; `-Dredward.fuzz.statements=N` makes it longer.
class FuzzerTest {
  private static final long STATEMENTS = Long.getLong("redward.fuzz.statements", 300);

  @TempDir private Path directory;

  @Test
  void randomStatementsGiveNoInternalErrorAndNoWrongAnswer() throws Exception {
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true)) {
      String url = warehouse.url() + "?user=admin&preferQueryMode=simple";
      Fuzzer fuzzer =
          new Fuzzer(
              () -> new Subject(DriverManager.getConnection(url)),
              Optional.empty(),
              Optional.empty());

      List<Fuzzer.Failure> failures =
          fuzzer.run(() -> fuzzer.statements() < STATEMENTS, 1, _ -> {});

      assertThat(failures).isEmpty();
      assertThat(fuzzer.statements()).isGreaterThanOrEqualTo(STATEMENTS);
    }
  }

  @Test
  void aFailingConditionIsMadeSmaller() {
    Part noise = Part.of(Part.Kind.BOOLEAN, "(% or %)", truth("a = 1"), truth("b like 'x'"));
    Part whole = Part.of(Part.Kind.BOOLEAN, "(% and (not %))", noise, truth("c is null"));
    Check check =
        new Check(Check.Oracle.FILTER_AS_VALUE, List.of(Part.of(Part.Kind.OTHER, "t"), whole));

    Check small =
        new Minimizer()
            .smaller(check, tried -> tried.parts().getLast().sql().contains("c is null"));

    assertThat(small.parts().getLast().sql()).isEqualTo("c is null");
  }

  private static Part truth(String sql) {
    return Part.of(Part.Kind.BOOLEAN, sql);
  }
}
