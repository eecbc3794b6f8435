package io.redward.storage.block.encoding;

/// How far a selection reaches.
final class Spans {
  private Spans() {}

  /// Rows up to and with the last selected one.
  static int of(int[] selection, int selectedCount) {
    return selectedCount == 0 ? 0 : selection[selectedCount - 1] + 1;
  }
}
