package io.redward.cli;

import java.util.List;

/// What the client is to do.
///
/// @param url JDBC URL
/// @param password empty for none
/// @param commands statements of `-c`, run in turn
/// @param files scripts of `-f`, run in turn after the commands
/// @param stopOnError whether a failed statement ends a script
public record ClientOptions(
    String url,
    String user,
    String password,
    OutputFormat format,
    List<String> commands,
    List<String> files,
    boolean stopOnError) {
  public ClientOptions {
    commands = List.copyOf(commands);
    files = List.copyOf(files);
  }
}
