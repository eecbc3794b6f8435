package io.redward.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Entry point of `./redward`: one subcommand each.
@Command(
    name = "redward",
    description = "A Redshift-compatible data warehouse on your own machine.",
    mixinStandardHelpOptions = true,
    version = "redward 0.1.0",
    subcommands = {
      DemoCommand.class,
      StartCommand.class,
      StopCommand.class,
      StatusCommand.class,
      SqlCommand.class,
      LintCommand.class,
      DoctorCommand.class,
      FsckCommand.class,
      SnapshotCommand.class,
      EncryptionCommand.class,
      TrainCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Also, from the launcher:",
      "  test    build and run all tests",
      "  bench   measure against other engines (./redward bench --help)"
    })
public final class Main implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commands().execute(arguments));
  }

  static CommandLine commands() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("redward: " + Failures.describe(failure));
          return 1;
        });
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
