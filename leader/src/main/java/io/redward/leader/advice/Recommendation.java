package io.redward.leader.advice;

import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;

/// A better layout of a table.
///
/// @param kind of what changes
/// @param group those of one group are worth something together only; -1 for none
/// @param layout the table's then
/// @param ddl that declares it
/// @param automatic whether the table's owner has left that to the warehouse
/// @param reason in words
public record Recommendation(
    Kind kind,
    int group,
    TableDefinition table,
    TableLayout layout,
    String ddl,
    boolean automatic,
    String reason) {
  /// What changes.
  public enum Kind {
    SORTKEY("sortkey"),
    DISTKEY("distkey");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /// As system views have it.
    public String text() {
      return text;
    }
  }
}
