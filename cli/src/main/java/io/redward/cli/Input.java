package io.redward.cli;

/// A statement, a backslash command, or a statement that a backslash command ends, as
/// `select 1 \gx`.
///
/// @param statement without its semicolon; empty if there is none
/// @param command from its backslash on; empty if there is none
record Input(String statement, String command) {
  /// The command's name with its backslash.
  String commandName() {
    return command.split("\\s", 2)[0];
  }

  /// What stands behind the command's name.
  String argument() {
    String[] words = command.split("\\s+", 2);
    return words.length > 1 ? words[1].replaceAll("[;\\s]+$", "") : "";
  }
}
