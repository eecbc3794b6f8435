package io.redward.functions.signature;

/// What a session remembers of the statements it has run.
public enum LastRun {
  QUERY_ID,
  COPY_ID,
  COPY_ROWS,
  UNLOAD_ID,
  UNLOAD_ROWS
}
