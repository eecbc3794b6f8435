package io.redward.cluster.placement;

import io.redward.foundation.types.Physical;

/// Which of a table's rows a scan finds on a node, if not those in the blocks of the node's slices.
/// A query numbers its shares; a scan names the one that it means in its table id.
///
/// @param columnId the column by whose ranges rows are divided; of no meaning where all are there
/// @param form of that column's values
/// @param ranges the place of those ranges among the query's, -1 if every node has every row
public record TableShare(long tableId, int columnId, Physical form, int ranges) {
  private static final int SHIFT = 48;

  /// All rows of a table.
  public static TableShare whole(long tableId) {
    return new TableShare(tableId, -1, Physical.LONG, -1);
  }

  /// What a scan of share `share` calls its table.
  public static long named(long tableId, int share) {
    return tableId | share + 1L << SHIFT;
  }

  static int shareOf(long name) {
    return (int) (name >>> SHIFT) - 1;
  }

  static long tableOf(long name) {
    return name & (1L << SHIFT) - 1;
  }
}
