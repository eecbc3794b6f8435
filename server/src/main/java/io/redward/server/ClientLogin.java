package io.redward.server;

import picocli.CommandLine.Option;

/// Which database a client command speaks to, and as whom.
final class ClientLogin {
  private static final String THIS_MACHINE = "127.0.0.1:";

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

  /// Within the machine nothing is encrypted: a warehouse opened for one command would make a
  /// certificate first.
  ///
  /// @param place host and port
  String url(String place) {
    String url = "jdbc:postgresql://" + place + "/" + database;
    return place.startsWith(THIS_MACHINE) ? url + "?sslmode=disable" : url;
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
