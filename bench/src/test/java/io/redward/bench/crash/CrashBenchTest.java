package io.redward.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The short form of `bench crash`; `-Dredward.crashes=N` makes it longer.
final class CrashBenchTest {
  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedSurvivesBeingKilled() {
    String rounds = System.getProperty("redward.crashes", "2");
    String data = directory.resolve("crash").toString();
    assertThat(new CommandLine(new CrashBench()).execute("--rounds", rounds, "--data", data))
        .isZero();
  }
}
