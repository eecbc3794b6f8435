package io.redward.leader.system;

import io.redward.leader.system.QueryLog.Event;
import io.redward.leader.system.QueryLog.Issuer;
import java.time.Instant;

/// Something that changed how a materialized view can be refreshed, for `sys_mv_state`.
///
/// @param event what was done to the table under it, in the documented words
/// @param state `Recompute` or `Unrefreshable`
public record ViewState(
    Issuer issuer, long transactionId, String event, Name base, Name view, String state, Instant at)
    implements Event {
  /// A relation as it was called then.
  public record Name(String schema, String name) {}
}
