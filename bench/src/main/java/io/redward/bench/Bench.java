package io.redward.bench;

import io.redward.bench.crash.CrashBench;
import io.redward.bench.fuzz.DifferentialBench;
import io.redward.bench.fuzz.FuzzBench;
import io.redward.bench.history.HistoryBench;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Entry point of `./redward bench`.
@Command(
    name = "bench",
    description = "Measure against other engines and against promises.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TpchBench.class,
      TpcdsBench.class,
      SsbBench.class,
      ClickbenchLikeBench.class,
      LoadBench.class,
      ConcurrentBench.class,
      ReportCommand.class,
      FirstRunBench.class,
      ShortBench.class,
      EncodingsBench.class,
      DecodeBench.class,
      CrashBench.class,
      InsertsBench.class,
      HistoryBench.class,
      CacheBench.class,
      FuzzBench.class,
      DifferentialBench.class,
      WireBench.class,
      ClusterBench.class,
      ClusterKeysBench.class,
      CancelBench.class,
      FunctionBench.class,
      ProgressBench.class
    })
public final class Bench implements Runnable {
  /// The PostgreSQL driver's, which warns of each server that is not PostgreSQL; held, since
  /// loggers are forgotten that nobody holds.
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    DRIVER.setLevel(Level.SEVERE);
    // The launcher passes its own command word along.
    String[] rest =
        arguments.length > 0 && arguments[0].equals("bench")
            ? Arrays.copyOfRange(arguments, 1, arguments.length)
            : arguments;
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(rest));
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
