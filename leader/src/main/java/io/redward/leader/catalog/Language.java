package io.redward.leader.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A language of functions or procedures.
public enum Language {
  SQL(14),
  PLPGSQL(100_000),
  JAVA(100_001),
  PLPYTHONU(100_002);

  private final int oid;

  Language(int oid) {
    this.oid = oid;
  }

  /// @param name in lower case
  public static Optional<Language> find(String name) {
    return Arrays.stream(values()).filter(l -> l.sqlName().equals(name)).findFirst();
  }

  /// In `pg_language`.
  public int oid() {
    return oid;
  }

  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
