package io.redward.server;

import io.redward.cli.ClientOptions;
import io.redward.cli.OutputFormat;
import io.redward.cli.SqlClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
          + " runs, opens the directory itself."
    },
    mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
  @Mixin private DataDirectory data = new DataDirectory();

  @Option(names = "--host", description = "Server to connect to.")
  private String host = "";

  @Option(names = "--port", defaultValue = "5439", description = "Its port (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = {"-d", "--database"},
      defaultValue = "dev",
      description = "(${DEFAULT-VALUE})")
  private String database = "dev";

  @Option(
      names = {"-U", "--user"},
      defaultValue = "admin",
      description = "(${DEFAULT-VALUE})")
  private String user = "admin";

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
      return run("jdbc:postgresql://" + host + ":" + port + "/" + database);
    }
    Path directory = data.path();
    Optional<ServerFile> server = ServerFile.read(directory);
    if (server.isPresent()) {
      return run(
          "jdbc:postgresql://"
              + server.get().address()
              + ":"
              + server.get().port()
              + "/"
              + database);
    }
    return openAndRun(directory);
  }

  private int openAndRun(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      System.err.println("redward: creating a new data directory " + directory);
    }
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(directory, anyPort, true)) {
      return run("jdbc:postgresql://127.0.0.1:" + warehouse.port() + "/" + database);
    }
  }

  private int run(String url) throws IOException {
    String secret = password;
    if (secret.isEmpty()) {
      String fromEnvironment = System.getenv("PGPASSWORD");
      secret = fromEnvironment == null ? "" : fromEnvironment;
    }
    return SqlClient.run(
        new ClientOptions(
            url,
            user,
            secret,
            OutputFormat.valueOf(format.toUpperCase(Locale.ROOT)),
            commands,
            files,
            !continueOnError));
  }
}
