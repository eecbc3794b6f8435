package io.redward.storage.table;

/// What a vacuum is to do.
///
/// @param shape the table as it is declared now
/// @param delete take out deleted rows
/// @param sort merge what lies out of order
/// @param rewrite sort everything anew, be it in order or not
/// @param thresholdPercent phases end, or are not begun, when as much is live or sorted
/// @param automatic not asked for by a user
public record VacuumRequest(
    TableShape shape,
    boolean delete,
    boolean sort,
    boolean rewrite,
    int thresholdPercent,
    boolean automatic) {}
