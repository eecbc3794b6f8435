package io.redward.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The interactive loop. A statement may span lines and ends with a semicolon; a line that starts
/// with a backslash is a command of the client's own.
final class Prompt {
  private final Runner runner;
  private final CatalogNames names;
  private final ClientOptions options;
  private boolean pager = true;

  Prompt(Runner runner, CatalogNames names, ClientOptions options) {
    this.runner = runner;
    this.names = names;
    this.options = options;
  }

  void loop() throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      terminal.handle(Terminal.Signal.INT, _ -> runner.cancel());
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .appName("redward")
              .completer(names)
              .parser(new StatementParser())
              .variable(
                  LineReader.HISTORY_FILE,
                  Path.of(System.getProperty("user.home"), ".redward_history"))
              .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P   -> ")
              .option(LineReader.Option.CASE_INSENSITIVE, true)
              .build();
      terminal.writer().println("Connected to " + options.url() + " as " + options.user() + ".");
      terminal.writer().println("End statements with ;  Help: \\?  Leave: \\q");
      while (step(reader, terminal)) {
        terminal.flush();
      }
    }
  }

  private boolean step(LineReader reader, Terminal terminal) {
    try {
      String text = reader.readLine("redward=# ").strip();
      if (text.startsWith("\\")) {
        return command(text, terminal);
      }
      for (String statement : SqlClient.statements(text)) {
        show(statement, terminal);
        names.invalidate();
      }
      return true;
    } catch (UserInterruptException e) {
      return true;
    } catch (EndOfFileException e) {
      return false;
    }
  }

  /// Runs a statement and pages its result if it is longer than the screen.
  private void show(String statement, Terminal terminal) {
    if (!pager) {
      runner.run(statement, terminal.writer());
      return;
    }
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      runner.run(statement, out);
    }
    String result = text.toString();
    if (result.lines().count() <= terminal.getHeight() - 2L) {
      terminal.writer().print(result);
      return;
    }
    try {
      Less less = new Less(terminal, Path.of("").toAbsolutePath());
      less.chopLongLines = true;
      less.run(
          new Source.InputStreamSource(
              new java.io.ByteArrayInputStream(result.getBytes(StandardCharsets.UTF_8)),
              true,
              "result"));
    } catch (IOException e) {
      terminal.writer().print(result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean command(String text, Terminal terminal) {
    String[] words = text.replaceAll(";+$", "").split("\\s+", 2);
    String argument = words.length > 1 ? words[1].strip() : "";
    PrintWriter out = terminal.writer();
    switch (words[0]) {
      case "\\q" -> {
        return false;
      }
      case "\\?" -> help(out);
      case "\\timing" -> {
        runner.timing(!runner.timing());
        out.println("Timing is " + (runner.timing() ? "on." : "off."));
      }
      case "\\x" -> {
        boolean vertical = runner.format() != OutputFormat.VERTICAL;
        runner.format(vertical ? OutputFormat.VERTICAL : OutputFormat.TABLE);
        out.println("Vertical layout is " + (vertical ? "on." : "off."));
      }
      case "\\format" -> format(argument, out);
      case "\\pager" -> {
        pager = !pager;
        out.println("Pager is " + (pager ? "on." : "off."));
      }
      case "\\i" -> include(argument, out);
      case "\\d" -> describe(argument, terminal);
      default ->
          MetaCommand.ALL.stream()
              .filter(command -> command.name().equals(words[0]))
              .findFirst()
              .ifPresentOrElse(
                  command -> show(command.sqlFor(argument), terminal),
                  () -> out.println("invalid command " + words[0] + "; \\? lists the commands"));
    }
    return true;
  }

  private void describe(String name, Terminal terminal) {
    if (name.isEmpty()) {
      show(MetaCommand.ALL.getFirst().sqlFor(""), terminal);
      return;
    }
    String bare = name.substring(name.lastIndexOf('.') + 1);
    show(MetaCommand.DESCRIBE.replace(":name", MetaCommand.literal(bare)), terminal);
  }

  private void format(String argument, PrintWriter out) {
    for (OutputFormat format : OutputFormat.values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(argument)) {
        runner.format(format);
        return;
      }
    }
    out.println("formats: table, csv, json, vertical");
  }

  private void include(String file, PrintWriter out) {
    try {
      List<String> statements =
          SqlClient.statements(Files.readString(Path.of(file), StandardCharsets.UTF_8));
      runner.runAll(statements, options.stopOnError());
      names.invalidate();
    } catch (IOException e) {
      out.println("cannot read " + file + ": " + e.getMessage());
    }
  }

  private static void help(PrintWriter out) {
    MetaCommand.ALL.forEach(c -> out.printf("  %-12s %s%n", c.name() + " [NAME]", c.help()));
    MetaCommand.OTHERS.entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(e -> out.printf("  %-12s %s%n", e.getKey(), e.getValue()));
  }

  /// Asks for more lines until the statement ends with a semicolon.
  private static final class StatementParser implements Parser {
    private final DefaultParser words = new DefaultParser();

    StatementParser() {
      words.setQuoteChars(new char[0]);
      words.setEscapeChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      String text = line.strip();
      boolean whole =
          text.isEmpty() || text.startsWith("\\") || StatementText.split(text).complete();
      if (context == ParseContext.ACCEPT_LINE && !whole) {
        throw new EOFError(-1, cursor, "the statement does not end yet");
      }
      return words.parse(line, cursor, ParseContext.UNSPECIFIED);
    }
  }
}
