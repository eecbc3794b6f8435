package io.redward.leader.session;

import io.redward.functions.signature.LastRun;

/// What ran last in one session; -1 where nothing did, 0 for rows of which there were none.
final class LastRuns {
  private int query = -1;
  private int copy = -1;
  private long copyRows;
  private int unload = -1;
  private long unloadRows;

  /// A query that ran on the engine has ended.
  void queried(int queryId) {
    query = queryId;
  }

  void copied(int queryId, long rows) {
    copy = queryId;
    copyRows = rows;
  }

  void unloaded(int queryId, long rows) {
    unload = queryId;
    unloadRows = rows;
  }

  long get(LastRun what) {
    return switch (what) {
      case QUERY_ID -> query;
      case COPY_ID -> copy;
      case COPY_ROWS -> copyRows;
      case UNLOAD_ID -> unload;
      case UNLOAD_ROWS -> unloadRows;
    };
  }
}
