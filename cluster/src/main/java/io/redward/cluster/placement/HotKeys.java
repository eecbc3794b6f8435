package io.redward.cluster.placement;

import io.redward.foundation.batch.Vector;
import io.redward.storage.table.Distribution;
import java.util.List;

/// Values of a join's key that many rows of its outer side have: such rows stay on the node that
/// finds them, and rows of the inner side that have these values go to every node. Both sides tell
/// by the value alone.
///
/// @param key which of the keys
/// @param values as [Distribution#key(Vector, int)] tells them
/// @param nulls whether outer rows without a value, which find nothing, stay too
/// @param copied whether this is about the inner side
public record HotKeys(int key, List<Long> values, boolean nulls, boolean copied) {
  public HotKeys {
    values = List.copyOf(values);
  }

  /// The same for the side that goes to every node.
  public HotKeys ofInner() {
    return new HotKeys(key, values, false, true);
  }

  /// Has rows with such values go to `place`.
  ///
  /// @param rows of a batch by number
  /// @param node receives the place
  void place(Vector keys, int[] rows, int[] node, int place) {
    long[] hot = values.stream().mapToLong(value -> value).toArray();
    for (int i = 0; i < node.length; i++) {
      int row = rows[i];
      if (keys.isNull(row)) {
        node[i] = nulls ? place : node[i];
      } else {
        long value = Distribution.key(keys, row);
        for (long each : hot) {
          node[i] = each == value ? place : node[i];
        }
      }
    }
  }
}
