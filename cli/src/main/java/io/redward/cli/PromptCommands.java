package io.redward.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The backslash commands, as psql has them.
final class PromptCommands {
  private static final Duration WATCH = Duration.ofSeconds(2);

  /// What a command does with its argument; false if it failed.
  private interface Action {
    boolean run(Input input) throws IOException, SQLException;
  }

  /// @param arguments for the list of commands
  private record Command(String name, String arguments, String help, Action action) {}

  private final Interpreter interpreter;
  private final Runner runner;
  private final List<Command> commands;
  private Optional<TextEditor> editor = Optional.empty();
  private Optional<Screen> screen = Optional.empty();
  private volatile boolean interrupted;
  private boolean left;

  PromptCommands(Interpreter interpreter, Runner runner) {
    this.interpreter = interpreter;
    this.runner = runner;
    commands =
        List.of(
            new Command("\\?", "", "list these commands", this::help),
            new Command("\\c", "[DATABASE]", "connect to another database", this::connect),
            new Command("\\conninfo", "", "say what this is connected to", this::connection),
            new Command(
                "\\copy", "… FROM | TO FILE …", "COPY with a file of this machine", this::copy),
            new Command("\\d", "[NAME]", "list tables, or describe one", this::describe),
            new Command("\\e", "[FILE]", "edit the last statement, or a file, and run", this::edit),
            new Command("\\echo", "TEXT", "print a text", this::echo),
            new Command("\\format", "F", "lay out as table, csv, json or vertical", this::format),
            new Command("\\g", "[FILE]", "run again, or into a file", this::again),
            new Command("\\gx", "", "run again, laid out vertically", this::vertically),
            new Command("\\i", "FILE", "run a script", this::include),
            new Command("\\pager", "", "switch the pager on or off", this::pager),
            new Command("\\q", "", "leave", this::leave),
            new Command("\\timing", "", "switch timing on or off", this::timing),
            new Command("\\watch", "[SECONDS]", "run again and again until Ctrl-C", this::watch),
            new Command("\\x", "[on|off|auto]", "vertical layout", this::expanded));
  }

  /// At a terminal there are an editor and a pager.
  void at(Screen terminal, TextEditor editor) {
    screen = Optional.of(terminal);
    this.editor = Optional.of(editor);
  }

  /// True once `\q` was carried out.
  boolean left() {
    return left;
  }

  /// Ends `\watch`, from another thread.
  void interrupt() {
    interrupted = true;
  }

  List<String> names() {
    List<String> names = new ArrayList<>(commands.stream().map(Command::name).toList());
    CatalogCommand.ALL.forEach(command -> names.add(command.name()));
    return names;
  }

  /// @return false if it failed; the error has been printed
  boolean run(Input input) {
    String name = input.commandName();
    Optional<Command> command = commands.stream().filter(c -> c.name().equals(name)).findFirst();
    try {
      if (command.isPresent()) {
        return command.get().action().run(input);
      }
      for (CatalogCommand listing : CatalogCommand.ALL) {
        if (listing.name().equals(name)) {
          return interpreter.query(listing.sqlFor(input.argument()), runner.format());
        }
      }
      return failed("invalid command " + name + "; \\? lists the commands");
    } catch (NoSuchFileException | FileNotFoundException e) {
      return failed(e.getMessage() + ": no such file");
    } catch (IOException | IllegalArgumentException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      return failed(ErrorText.of(e, input.argument()));
    }
  }

  private boolean failed(String message) {
    runner.errors().println(message);
    runner.errors().flush();
    return false;
  }

  private boolean say(String message) {
    runner.out().println(message);
    runner.out().flush();
    return true;
  }

  private boolean help(Input input) {
    PrintWriter out = runner.out();
    for (Command command : commands) {
      out.printf("  %-28s %s%n", command.name() + " " + command.arguments(), command.help());
    }
    for (CatalogCommand listing : CatalogCommand.ALL) {
      out.printf("  %-28s %s%n", listing.name() + " [PATTERN]", listing.help());
    }
    out.flush();
    return true;
  }

  private boolean connect(Input input) throws SQLException {
    if (!input.argument().isEmpty()) {
      runner.use(input.argument());
    }
    return connection(input);
  }

  private boolean connection(Input input) throws SQLException {
    String user = runner.connection().getMetaData().getUserName();
    String place = runner.connection().getMetaData().getURL();
    return say("Connected to \"" + runner.database() + "\" as \"" + user + "\": " + place);
  }

  private boolean copy(Input input) {
    return runner.copy(LocalCopy.of(input.argument()));
  }

  private boolean describe(Input input) {
    String name = input.argument();
    if (name.isEmpty()) {
      return interpreter.query(CatalogCommand.ALL.getFirst().sqlFor(""), runner.format());
    }
    String bare = name.substring(name.lastIndexOf('.') + 1);
    return interpreter.query(
        CatalogCommand.DESCRIBE.replace(":name", CatalogCommand.literal(bare)), runner.format());
  }

  private boolean edit(Input input) throws IOException {
    if (editor.isEmpty()) {
      return failed("\\e needs a terminal");
    }
    String edited;
    if (input.argument().isEmpty()) {
      String begun = input.statement().isEmpty() ? interpreter.last() : input.statement();
      edited = editor.get().edit(begun.isEmpty() ? "" : begun + ";\n");
    } else {
      edited = editor.get().edit(Path.of(input.argument()));
    }
    return interpreter.run(StatementText.split(edited).all(), true);
  }

  private boolean echo(Input input) {
    return say(input.argument());
  }

  private boolean format(Input input) {
    for (OutputFormat format : OutputFormat.values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(input.argument())) {
        runner.format(format);
        return true;
      }
    }
    return failed("formats: table, csv, json, vertical");
  }

  private String statement(Input input) {
    return input.statement().isEmpty() ? interpreter.last() : input.statement();
  }

  private boolean again(Input input) throws IOException {
    if (input.argument().isEmpty()) {
      return interpreter.statement(statement(input), runner.format());
    }
    Path file = Path.of(input.argument());
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      return runner.run(statement(input), out);
    }
  }

  private boolean vertically(Input input) {
    return interpreter.statement(statement(input), OutputFormat.VERTICAL);
  }

  private boolean include(Input input) throws IOException {
    String text = Files.readString(Path.of(input.argument()), StandardCharsets.UTF_8);
    return interpreter.run(StatementText.split(text).all(), true);
  }

  private boolean pager(Input input) {
    if (screen.isEmpty()) {
      return failed("\\pager needs a terminal");
    }
    screen.get().paging(!screen.get().paging());
    return say("Pager is " + (screen.get().paging() ? "on." : "off."));
  }

  private boolean leave(Input input) {
    left = true;
    return true;
  }

  private boolean timing(Input input) {
    runner.timing(!runner.timing());
    return say("Timing is " + (runner.timing() ? "on." : "off."));
  }

  private boolean watch(Input input) {
    Duration pause = WATCH;
    if (!input.argument().isEmpty()) {
      double seconds = Double.parseDouble(input.argument());
      if (!(seconds >= 0.01 && seconds <= 86_400)) {
        return failed("\\watch: seconds from 0.01 to 86400");
      }
      pause = Duration.ofMillis((long) (seconds * 1_000));
    }
    interrupted = false;
    String text = statement(input);
    boolean good = true;
    while (good && !interrupted) {
      say(LocalTime.now().withNano(0) + "  every " + pause.toMillis() / 1e3 + " s");
      good = runner.run(text, runner.out());
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return good;
      }
    }
    return good;
  }

  private boolean expanded(Input input) {
    boolean vertical = runner.format() == OutputFormat.VERTICAL;
    String wanted = input.argument().isEmpty() ? vertical ? "off" : "on" : input.argument();
    switch (wanted) {
      case "on" -> runner.format(OutputFormat.VERTICAL);
      case "off", "auto" -> {
        runner.format(OutputFormat.TABLE);
        runner.columns(wanted.equals("auto") ? screenColumns() : 0);
      }
      default -> {
        return failed("\\x: on, off or auto");
      }
    }
    return say("Vertical layout is " + wanted + ".");
  }

  private int screenColumns() {
    return screen.map(s -> s.terminal().getWidth()).orElse(0);
  }
}
