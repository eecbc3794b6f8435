package io.redward.cluster.scaling;

/// Kinds of messages between leader and scaling cluster. The leader sends one query, then nothing;
/// it takes a query back by closing the connection.
final class Message {
  /// The vocabulary of plans, then the description of a query.
  static final int QUERY = 1;

  /// A batch of rows.
  static final int ROWS = 2;

  /// How many rows there were, and what segments have done.
  static final int DONE = 3;

  /// An error of the statement, as text.
  static final int FAILED = 4;

  /// Nothing has happened, but the process is there.
  static final int PULSE = 5;

  private Message() {}
}
