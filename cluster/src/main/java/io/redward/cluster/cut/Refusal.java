package io.redward.cluster.cut;

/// What a plan was to be cut by turns out not to hold: it is cut again without.
///
/// @see PlanCutter
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long table;
  private final int state;

  private Refusal(long table, int state) {
    super("cut again without this", null, false, false);
    this.table = table;
    this.state = state;
  }

  /// The table cannot be divided by ranges of its key.
  static Refusal ofTable(long table) {
    return new Refusal(table, -1);
  }

  /// The state cannot be one that each node has a part of.
  static Refusal ofState(int state) {
    return new Refusal(-1, state);
  }

  long table() {
    return table;
  }

  int state() {
    return state;
  }
}
