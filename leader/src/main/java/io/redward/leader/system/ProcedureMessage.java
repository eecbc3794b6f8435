package io.redward.leader.system;

import io.redward.leader.system.QueryLog.Event;
import io.redward.leader.system.QueryLog.Issuer;
import java.time.Instant;

/// What a stored procedure has said by RAISE, for `svl_stored_proc_messages`.
///
/// @param queryId of the CALL
/// @param level in upper case
public record ProcedureMessage(
    int queryId, long transactionId, Issuer issuer, Instant at, String level, String text)
    implements Event {}
