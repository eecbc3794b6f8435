package io.redward.leader.materialized;

import java.util.Optional;

/// What has become of a table since a view was refreshed: three tables that a scan can read.
///
/// @param before the table as it was
/// @param came rows that it has and had not; empty if there is none
/// @param went rows that it had and has not; empty if there is none
public record TableChange(Part before, Optional<Part> came, Optional<Part> went) {
  /// A table by the oid it is read by, and how many rows it has.
  public record Part(int oid, long rowCount) {}
}
