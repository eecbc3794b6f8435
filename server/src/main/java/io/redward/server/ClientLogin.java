package io.redward.server;

import picocli.CommandLine.Option;

/// Which database a client command speaks to, and as whom.
final class ClientLogin {
  @Option(
      names = {"-d", "--database"},
      defaultValue = "dev",
      description = "(${DEFAULT-VALUE})")
  private String database = "dev";

  @Option(
      names = {"-U", "--user"},
      defaultValue = "admin",
      description = "(${DEFAULT-VALUE}); the password is taken from $PGPASSWORD")
  private String user = "admin";

  /// @param place host and port
  String url(String place) {
    return "jdbc:postgresql://" + place + "/" + database;
  }

  String user() {
    return user;
  }

  /// The password of the environment, empty if it has none.
  static String password() {
    String password = System.getenv("PGPASSWORD");
    return password == null ? "" : password;
  }
}
