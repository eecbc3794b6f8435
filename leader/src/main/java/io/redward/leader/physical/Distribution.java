package io.redward.leader.physical;

import java.util.HashSet;
import java.util.Set;

/// Where the rows of an operator lie among the slices.
sealed interface Distribution {
  /// A copy on every node.
  record All() implements Distribution {}

  /// Anywhere.
  record Even() implements Distribution {}

  /// By the value of a column; several columns that are equal in every row serve alike.
  ///
  /// @param columns places in the operator's row
  record Keyed(Set<Integer> columns) implements Distribution {
    public Keyed {
      columns = Set.copyOf(columns);
    }
  }

  /// On the leader: system tables, VALUES, the result of a merge.
  record Leader() implements Distribution {}

  Distribution ALL = new All();
  Distribution EVEN = new Even();
  Distribution LEADER = new Leader();

  /// The same placement for a row in which column `i` has moved to `moved[i]`, -1 if dropped.
  default Distribution moved(int[] moved) {
    if (!(this instanceof Keyed keyed)) {
      return this;
    }
    Set<Integer> columns = new HashSet<>();
    for (int column : keyed.columns()) {
      if (column < moved.length && moved[column] >= 0) {
        columns.add(moved[column]);
      }
    }
    return columns.isEmpty() ? EVEN : new Keyed(columns);
  }
}
