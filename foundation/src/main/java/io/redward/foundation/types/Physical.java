package io.redward.foundation.types;

/// How a value lies in memory, in a local of generated code and in a vector of a batch.
public enum Physical {
  /// `int`: BOOLEAN (0 or 1), SMALLINT, INTEGER, OID, DATE (days since 1970-01-01), INTERVAL YEAR
  /// TO MONTH (months).
  INT,
  /// `long`: BIGINT, DECIMAL up to 18 digits (unscaled), TIME and TIMETZ, TIMESTAMP and TIMESTAMPTZ
  /// (microseconds since 1970-01-01 00:00 UTC), INTERVAL DAY TO SECOND (microseconds).
  LONG,
  /// `double`: DOUBLE PRECISION, and REAL rounded to float after every operation.
  DOUBLE,
  /// Two `long`s, high (signed) and low (unsigned): DECIMAL of 19 to 38 digits (unscaled).
  INT128,
  /// UTF-8 or raw bytes: CHAR, VARCHAR, VARBYTE, SUPER. Three locals in generated code: `byte[]`
  /// page, `int` offset, `int` length; a view word and a page in vectors.
  BYTES
}
