package io.redward.leader.system;

import io.redward.leader.system.QueryLog.Event;
import io.redward.leader.system.QueryLog.Issuer;
import java.time.Instant;

/// One materialized view's turn to be refreshed, for `sys_mv_refresh_history`.
///
/// @param view its oid
/// @param automatic whether nobody asked for it
/// @param status as documented
/// @param because why all rows were computed; empty if they were not
public record ViewRefresh(
    Issuer issuer,
    long transactionId,
    int view,
    String schema,
    String name,
    boolean automatic,
    String status,
    String because,
    Instant start,
    Instant end)
    implements Event {
  @Override
  public Instant at() {
    return end;
  }
}
