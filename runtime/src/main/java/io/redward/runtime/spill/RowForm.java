package io.redward.runtime.spill;

import io.redward.foundation.types.Physical;
import io.redward.runtime.row.RowLayout;
import java.util.List;

/// The form of rows that are spilled.
///
/// @param layout where fields are
/// @param strings the slots of strings
public record RowForm(RowLayout layout, List<RowLayout.Slot> strings) {
  public static RowForm of(RowLayout layout) {
    return new RowForm(
        layout, layout.slots().stream().filter(s -> s.physical() == Physical.BYTES).toList());
  }

  /// Words of a row and its hash.
  int words() {
    return layout.rowWords() + 1;
  }
}
