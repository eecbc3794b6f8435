package io.redward.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/// The interactive loop. A statement may span lines and ends with a semicolon or a backslash
/// command.
final class Prompt {
  private final Runner runner;
  private final Interpreter interpreter;
  private final Terminal terminal;
  private final CatalogNames names;

  Prompt(Runner runner, Terminal terminal) {
    this.runner = runner;
    this.terminal = terminal;
    Screen screen = new Screen(terminal, runner::cancel);
    interpreter = new Interpreter(runner, screen::show);
    interpreter.commands().at(screen, new TextEditor(terminal, System.getenv()));
    names = new CatalogNames(runner, interpreter.commands().names());
  }

  /// Reads and carries out until the user leaves.
  ///
  /// @param history the file that keeps what was typed
  void loop(Path history) throws IOException, SQLException {
    terminal.handle(
        Terminal.Signal.INT,
        _ -> {
          interpreter.commands().interrupt();
          runner.cancel();
        });
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("redward")
            .completer(names)
            .highlighter(new SqlHighlighter())
            .parser(new StatementParser())
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P-> ")
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    if (terminal.getWidth() > 0) {
      runner.columns(terminal.getWidth());
    }
    ProgressLine progress = new ProgressLine(runner, terminal.writer());
    if (!Terminal.TYPE_DUMB.equals(terminal.getType())) {
      runner.progress(progress);
    }
    terminal.writer().println("End statements with ;  Help: \\?  Leave: \\q");
    while (step(reader)) {
      terminal.flush();
    }
    progress.close();
  }

  private boolean step(LineReader reader) {
    try {
      String prompt = runner.database() + "=" + runner.transactionMark() + "# ";
      List<Input> inputs = StatementText.split(reader.readLine(prompt)).all();
      interpreter.run(inputs, true);
      names.invalidate();
      return !interpreter.commands().left();
    } catch (UserInterruptException e) {
      return true;
    } catch (EndOfFileException e) {
      return false;
    }
  }

  /// Asks for more lines until the statement ends.
  private static final class StatementParser implements Parser {
    private final DefaultParser words = new DefaultParser();

    StatementParser() {
      words.setQuoteChars(new char[0]);
      words.setEscapeChars(new char[0]);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
      if (context == ParseContext.ACCEPT_LINE && !StatementText.split(line).complete()) {
        throw new EOFError(-1, cursor, "the statement does not end yet");
      }
      return words.parse(line, cursor, ParseContext.UNSPECIFIED);
    }
  }
}
