package io.redward.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Runs the client: scripted if there are commands, files or piped input, interactive otherwise.
public final class SqlClient {
  private SqlClient() {}

  /// @return exit code: 0 if every statement succeeded, 1 if one failed, 2 if the server can't be
  ///     reached
  public static int run(ClientOptions options) throws IOException {
    Logger.getLogger("org.postgresql").setLevel(Level.SEVERE);
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    try (Connection connection = connect(options)) {
      Runner runner = new Runner(connection, options.format(), out, errors);
      boolean scripted = !options.commands().isEmpty() || !options.files().isEmpty();
      if (!scripted && System.console() != null && System.console().isTerminal()) {
        new Prompt(runner, new CatalogNames(connection), options).loop();
        return 0;
      }
      return script(runner, options, scripted) ? 0 : 1;
    } catch (SQLException e) {
      errors.println("redward: cannot connect to " + options.url() + ": " + e.getMessage());
      errors.println("  hint: is a server running? `./redward status` tells, `./redward start`");
      errors.println("  starts one, and `./redward sql --data DIR` opens a directory without one.");
      return 2;
    }
  }

  private static Connection connect(ClientOptions options) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", options.user());
    properties.setProperty("password", options.password());
    properties.setProperty("ApplicationName", "redward sql");
    properties.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection(options.url(), properties);
  }

  private static boolean script(Runner runner, ClientOptions options, boolean scripted)
      throws IOException {
    boolean good = true;
    for (String command : options.commands()) {
      good &= runner.runAll(statements(command), options.stopOnError());
    }
    for (String file : options.files()) {
      String text = Files.readString(Path.of(file), StandardCharsets.UTF_8);
      good &= runner.runAll(statements(text), options.stopOnError());
    }
    if (!scripted) {
      String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      good = runner.runAll(statements(text), options.stopOnError());
    }
    return good;
  }

  /// The statements of a text; the last one needs no semicolon.
  static List<String> statements(String text) {
    return StatementText.split(text + "\n;").statements();
  }
}
