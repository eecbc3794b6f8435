package io.redward.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// Runs the client: scripted if there are commands, files or piped input, interactive otherwise.
public final class SqlClient {
  private SqlClient() {}

  /// @return exit code: 0 if every statement succeeded, 1 if one failed, 2 if the server can't be
  ///     reached
  public static int run(ClientOptions options) throws IOException {
    Logger.getLogger("org.postgresql").setLevel(Level.SEVERE);
    boolean scripted = !options.commands().isEmpty() || !options.files().isEmpty();
    if (!scripted && System.console() != null && System.console().isTerminal()) {
      return interactive(options);
    }
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    try {
      Runner runner = runner(options, out, errors);
      try (Connection _ = runner.connection()) {
        return script(new Interpreter(runner, p -> p.accept(out)), options, scripted) ? 0 : 1;
      }
    } catch (SQLException e) {
      return unreachable(options, e, errors);
    }
  }

  private static int interactive(ClientOptions options) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      PrintWriter out = terminal.writer();
      try {
        Runner runner = runner(options, out, out);
        out.println("Connected to " + options.url() + " as " + options.user() + ".");
        new Prompt(runner, terminal)
            .loop(Path.of(System.getProperty("user.home"), ".redward_history"));
        runner.connection().close();
        return 0;
      } catch (SQLException e) {
        return unreachable(options, e, out);
      }
    }
  }

  private static int unreachable(ClientOptions options, SQLException error, PrintWriter errors) {
    errors.println("redward: cannot connect to " + options.url() + ": " + error.getMessage());
    errors.println("  hint: is a server running? `./redward status` tells, `./redward start`");
    errors.println("  starts one, and `./redward sql --data DIR` opens a directory without one.");
    errors.flush();
    return 2;
  }

  private static Runner runner(ClientOptions options, PrintWriter out, PrintWriter errors)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", options.user());
    properties.setProperty("password", options.password());
    properties.setProperty("ApplicationName", "redward sql");
    properties.setProperty("preferQueryMode", "simple");
    int name = options.url().lastIndexOf('/') + 1;
    String place = options.url().substring(0, name);
    return new Runner(
        database -> DriverManager.getConnection(place + database, properties),
        options.url().substring(name),
        options.format(),
        out,
        errors);
  }

  private static boolean script(Interpreter interpreter, ClientOptions options, boolean scripted)
      throws IOException {
    boolean good = true;
    for (String command : options.commands()) {
      good &= run(interpreter, command, options);
    }
    for (String file : options.files()) {
      good &= run(interpreter, Files.readString(Path.of(file), StandardCharsets.UTF_8), options);
    }
    if (!scripted) {
      String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      good = run(interpreter, text, options);
    }
    return good;
  }

  private static boolean run(Interpreter interpreter, String text, ClientOptions options) {
    return interpreter.run(StatementText.split(text).all(), options.stopOnError());
  }
}
