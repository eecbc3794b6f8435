package io.redward.leader.catalog;

/// What may be granted.
public enum Privilege {
  SELECT('r'),
  INSERT('a'),
  UPDATE('w'),
  DELETE('d'),
  REFERENCES('x'),
  DROP('D'),
  TRUNCATE('t'),
  ALTER('A'),
  USAGE('U'),
  CREATE('C'),
  TEMPORARY('T'),
  EXECUTE('X');

  private final char code;

  Privilege(char code) {
    this.code = code;
  }

  /// The letter in an access list's text, as `pg_class.relacl` shows it.
  public char code() {
    return code;
  }
}
