package io.redward.server;

import io.redward.cli.ClientOptions;
import io.redward.cli.OutputFormat;
import io.redward.cli.SqlClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `snapshot`: the statements about snapshots as commands, of a running server or of a warehouse
/// that none serves.
@Command(
    name = "snapshot",
    description = "Create, list, restore and drop snapshots.",
    mixinStandardHelpOptions = true)
final class SnapshotCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  /// Whose snapshots.
  static final class Target {
    @Mixin private OpenedWarehouse warehouse = new OpenedWarehouse();

    @Mixin private ClientLogin login = new ClientLogin();

    private int run(String sql) throws IOException {
      return warehouse.use(place -> run(place, sql));
    }

    private int run(String place, String sql) throws IOException {
      return SqlClient.run(
          new ClientOptions(
              login.url(place),
              login.user(),
              ClientLogin.password(),
              OutputFormat.TABLE,
              List.of(sql),
              List.of(),
              true));
    }
  }

  @Command(
      name = "create",
      description = "Save the whole namespace, or one table.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin Target target,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--table", paramLabel = "TABLE", description = "Only this table.")
          Optional<String> table,
      @Option(
              names = "--retention-days",
              paramLabel = "N",
              description = "Drop it by itself after as many days (default: never).")
          Optional<Integer> days)
      throws IOException {
    return target.run(
        "create snapshot "
            + quoted(name)
            + table.map(t -> " for table " + t).orElse("")
            + days.map(d -> " retention " + d + " days").orElse(""));
  }

  @Command(name = "list", description = "List snapshots.", mixinStandardHelpOptions = true)
  int list(@Mixin Target target) throws IOException {
    return target.run("select * from svv_snapshots order by create_time");
  }

  @Command(
      name = "restore",
      description = "Make everything, or one table under a new name, as it was.",
      mixinStandardHelpOptions = true)
  int restore(
      @Mixin Target target,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--table", paramLabel = "TABLE", description = "Only this table.")
          Optional<String> table,
      @Option(
              names = "--as",
              paramLabel = "TABLE",
              description = "The restored table's name (default: its own).")
          Optional<String> as)
      throws IOException {
    String what =
        table.map(t -> "table " + t + as.map(a -> " as " + a).orElse("")).orElse("namespace");
    return target.run("restore " + what + " from snapshot " + quoted(name));
  }

  @Command(name = "drop", description = "Drop a snapshot.", mixinStandardHelpOptions = true)
  int drop(@Mixin Target target, @Parameters(paramLabel = "NAME") String name) throws IOException {
    return target.run("drop snapshot " + quoted(name));
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
