package io.redward.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jline.builtins.Nano;
import org.jline.terminal.Terminal;

/// Edits a text with the user's editor ($VISUAL, $EDITOR), or the one that comes with the terminal
/// library.
final class TextEditor {
  private final Terminal terminal;
  private final Map<String, String> environment;

  TextEditor(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
  }

  /// The text as it was left.
  String edit(String text) throws IOException {
    Path file = Files.createTempFile("redward", ".sql");
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
      return edit(file);
    } finally {
      Files.delete(file);
    }
  }

  /// What the file holds afterwards.
  String edit(Path file) throws IOException {
    String program = environment.getOrDefault("VISUAL", environment.getOrDefault("EDITOR", ""));
    if (program.isEmpty()) {
      Nano nano = new Nano(terminal, file.toAbsolutePath().getParent());
      nano.open(file.toString());
      nano.run();
    } else {
      run(program, file);
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private void run(String program, Path file) throws IOException {
    terminal.pause();
    try {
      int exit =
          new ProcessBuilder("sh", "-c", program + " \"$1\"", "sh", file.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IOException("the editor ended with exit code " + exit + "; nothing is run");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      terminal.resume();
    }
  }
}
