package io.redward.storage.fsck;

import io.redward.storage.check.Finding;
import java.util.List;

/// What a check has looked at and found.
///
/// @param version log position of the newest state
/// @param commits commits in the log
/// @param liveRows rows less deleted ones
/// @param bytes of all rowsets, inline ones too
public record CheckReport(
    long version,
    int commits,
    int checkpoints,
    int snapshots,
    int tables,
    int rowsets,
    int blocks,
    long liveRows,
    long bytes,
    List<Finding> findings) {
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /// True if nothing is lost or wrong; left-over objects do not count.
  public boolean isSound() {
    return findings.stream().noneMatch(finding -> finding.kind().isDamage());
  }

  public List<Finding> damage() {
    return findings.stream().filter(finding -> finding.kind().isDamage()).toList();
  }
}
