package io.redward.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;

/// Carries out what was typed or what a script holds: statements go to the server, backslash
/// commands to [PromptCommands].
final class Interpreter {
  private final Runner runner;
  private final Display display;
  private final PromptCommands commands;
  private String last = "";

  /// Where results go.
  interface Display {
    void show(Consumer<PrintWriter> printing);
  }

  Interpreter(Runner runner, Display display) {
    this.runner = runner;
    this.display = display;
    commands = new PromptCommands(this, runner);
  }

  Runner runner() {
    return runner;
  }

  /// The statement that was run last, which `\g`, `\watch` and `\e` take up; empty if none was.
  String last() {
    return last;
  }

  PromptCommands commands() {
    return commands;
  }

  /// Carries inputs out in turn.
  ///
  /// @return true if all succeeded
  boolean run(List<Input> inputs, boolean stopOnError) {
    boolean good = true;
    for (Input input : inputs) {
      good &= run(input);
      if (commands.left() || !good && stopOnError) {
        break;
      }
    }
    return good;
  }

  /// @return false if it failed; the error has been printed
  boolean run(Input input) {
    if (input.command().isEmpty()) {
      return statement(input.statement(), runner.format());
    }
    return commands.run(input);
  }

  /// Runs a statement that becomes the last one.
  boolean statement(String text, OutputFormat format) {
    last = text;
    return query(text, format);
  }

  /// Runs a statement of the client's own.
  boolean query(String text, OutputFormat format) {
    boolean[] good = {true};
    display.show(
        out -> {
          good[0] = runner.run(text, out, format);
        });
    return good[0];
  }
}
