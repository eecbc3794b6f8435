package io.redward.bench;

/// One query's times in milliseconds, first run and median of the hot runs, in both engines; NaN
/// where an engine failed.
///
/// @param note what differs, or why an engine failed
record QueryFigures(
    String name,
    double ourFirst,
    double ourHot,
    double theirFirst,
    double theirHot,
    Agreement agreement,
    String note) {
  static final String HEADER =
      " query |  redward first |  redward hot |  duckdb first |  duckdb hot |  ratio | answers";

  /// How two answers stand to each other.
  enum Agreement {
    AGREE("agree"),
    /// The same rows in another order, as ties have it.
    TIES("agree but for the order of rows"),
    DIFFER("DIFFER"),
    WE_FAIL("redward FAILS"),
    THEY_FAIL("the other fails");

    private final String text;

    Agreement(String text) {
      this.text = text;
    }

    boolean agrees() {
      return this == AGREE || this == TIES;
    }
  }

  boolean timed() {
    return !Double.isNaN(ourHot) && !Double.isNaN(theirHot);
  }

  double ratio() {
    return ourHot / theirHot;
  }

  String line() {
    return " %5s | %11.1f ms | %9.1f ms | %10.1f ms | %8.1f ms | %6.2f | %s%s"
        .formatted(
            name,
            ourFirst,
            ourHot,
            theirFirst,
            theirHot,
            ratio(),
            agreement.text,
            note.isEmpty() ? "" : ": " + note);
  }
}
