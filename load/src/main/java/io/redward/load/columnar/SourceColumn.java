package io.redward.load.columnar;

/// A column of a file as its values are decoded.
///
/// @param form what they are decoded to
/// @param scale DECIMAL: digits after the point; TIME and TIMESTAMP: digits of the second's
///     fraction
/// @param description the type for messages
public record SourceColumn(String name, Form form, Meaning meaning, int scale, String description) {

  /// What values are decoded to.
  public enum Form {
    /// Longs that had 32 bits in the file.
    INT,
    LONG,
    /// Doubles that had 32 bits in the file.
    FLOAT,
    DOUBLE,
    BYTES
  }

  /// What values stand for.
  public enum Meaning {
    BOOLEAN,
    INTEGER,
    UNSIGNED,
    DECIMAL,
    FLOATING,
    DATE,
    TIME,
    TIMESTAMP,
    STRING,
    /// A text that is JSON.
    JSON,
    /// Sixteen bytes.
    UUID,
    BINARY,
    /// Members or elements, already put together as JSON.
    NESTED,
    OTHER
  }
}
