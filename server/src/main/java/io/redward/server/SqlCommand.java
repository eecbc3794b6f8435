package io.redward.server;

import io.redward.cli.ClientOptions;
import io.redward.cli.OutputFormat;
import io.redward.cli.SqlClient;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `sql`: the terminal client, of a running server or of a data directory that none serves.
@Command(
    name = "sql",
    description = {
      "Run SQL: interactively, or what -c, -f or standard input give.",
      "Connects to --host and --port if given, else to the server of the data directory; if none"
          + " runs, opens the warehouse itself, where --store and the encryption key say."
    },
    mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
  @Mixin private OpenedWarehouse warehouse = new OpenedWarehouse();

  @Option(names = "--host", description = "Server to connect to.")
  private String host = "";

  @Option(names = "--port", defaultValue = "5439", description = "Its port (${DEFAULT-VALUE}).")
  private int port;

  @Mixin private ClientLogin login = new ClientLogin();

  @Option(
      names = {"-W", "--password"},
      interactive = true,
      arity = "0..1",
      description = "Ask for the password; $PGPASSWORD is used otherwise.")
  private String password = "";

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table, csv, json or vertical (${DEFAULT-VALUE})")
  private String format = "table";

  @Option(names = "-c", paramLabel = "SQL", description = "Run these statements and leave.")
  private List<String> commands = List.of();

  @Option(names = "-f", paramLabel = "FILE", description = "Run this script and leave.")
  private List<String> files = List.of();

  @Option(names = "--continue-on-error", description = "Go on after a failed statement.")
  private boolean continueOnError;

  @Override
  public Integer call() throws Exception {
    if (!host.isEmpty()) {
      return run(host + ":" + port);
    }
    return warehouse.use(this::run);
  }

  private int run(String place) throws IOException {
    return SqlClient.run(
        new ClientOptions(
            login.url(place),
            login.user(),
            password.isEmpty() ? ClientLogin.password() : password,
            OutputFormat.valueOf(format.toUpperCase(Locale.ROOT)),
            commands,
            files,
            !continueOnError));
  }
}
