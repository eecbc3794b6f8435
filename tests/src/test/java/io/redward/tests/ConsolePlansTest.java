package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plans of all 99 queries of TPC-DS as the console draws them: nothing left out, no box over
/// another or beyond the picture, the dearest operator marked.
class ConsolePlansTest {
  private static final Path WEB = Path.of("..", "console", "web").toAbsolutePath().normalize();
  private static final int QUERIES = 99;

  @TempDir private Path directory;

  @Test
  void every_plan_of_tpcds_is_drawn() throws IOException, SQLException, InterruptedException {
    TpcdsTables.assumeSuite();
    Path vitest = WEB.resolve("node_modules/vitest/vitest.mjs");
    assumeTrue(Files.exists(vitest), "the console's libraries are not installed");
    Path plans = Files.createDirectories(directory.resolve("plans"));
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"));
        Connection connection = warehouse.connect("preferQueryMode", "simple")) {
      TestWarehouse.execute(
          connection, Files.readString(TpcdsTables.suite().resolve("schema.sql")));
      for (int number = 1; number <= QUERIES; number++) {
        String query = "explain " + TpcdsTables.query(number);
        Files.write(
            plans.resolve("%02d.txt".formatted(number)), TestWarehouse.rows(connection, query));
      }
    }
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder("node", vitest.toString(), "run", "end-to-end/plans.test.ts")
            .directory(WEB.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("PLANS", plans.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    String seen = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(seen).isTrue();
    assertThat(process.exitValue()).as(seen).isZero();
    assertThat(seen).contains(QUERIES + " plans drawn");
  }
}
