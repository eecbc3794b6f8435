package io.redward.storage.table;

/// What a vacuum is to do.
///
/// @param shape the table as it is declared now
/// @param delete take out deleted rows
/// @param sort merge what lies out of order
/// @param rewrite sort everything anew, be it in order or not
/// @param thresholdPercent phases end, or are not begun, when as much is live or sorted
public record VacuumRequest(
    TableShape shape,
    boolean delete,
    boolean sort,
    boolean rewrite,
    int thresholdPercent,
    Cause cause) {
  /// Why there is one.
  public enum Cause {
    /// VACUUM.
    USER,
    /// The table needed it.
    AUTOMATIC,
    /// The table has been declared anew.
    ALTERED
  }

  /// The same for another shape.
  public VacuumRequest of(TableShape other) {
    return new VacuumRequest(other, delete, sort, rewrite, thresholdPercent, cause);
  }

  /// Whether it was not asked for by a user, and steps back while queries run.
  public boolean automatic() {
    return cause != Cause.USER;
  }
}
