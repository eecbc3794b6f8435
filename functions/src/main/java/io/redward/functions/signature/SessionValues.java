package io.redward.functions.signature;

/// What one execution of a statement may know of its session; fixed while the statement runs.
///
/// @param statementMicros start of the statement, microseconds since 1970-01-01 UTC
/// @param transactionMicros start of the transaction, likewise
/// @param zone the session's time zone, a name that `Zones` knows
/// @param user the name of the current user
/// @param userId the oid of the current user
/// @param sessionUser the name of the user who logged in
/// @param schema the first existing schema of the search path, empty if there is none
/// @param processId what `pg_backend_pid()` answers
/// @param namespace the UUID of the warehouse
/// @param caseInsensitive how strings of the database compare
/// @param handle the number under which `OpenSessions` knows this session's [SessionFunctions]
public record SessionValues(
    long statementMicros,
    long transactionMicros,
    String zone,
    String user,
    int userId,
    String sessionUser,
    String database,
    String schema,
    int processId,
    String namespace,
    long handle,
    boolean caseInsensitive) {}
