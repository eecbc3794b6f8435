package io.redward.bench;

/// One query's times in milliseconds, first run and median of the hot runs, in both engines.
///
/// @param same whether the answers agree
record QueryFigures(
    int number, double ourFirst, double ourHot, double theirFirst, double theirHot, boolean same) {
  static final String HEADER =
      " query |  redward first |  redward hot |  duckdb first |  duckdb hot |  ratio | answers";

  double ratio() {
    return ourHot / theirHot;
  }

  String line() {
    return "   q%02d | %11.1f ms | %9.1f ms | %10.1f ms | %8.1f ms | %6.2f | %s"
        .formatted(
            number, ourFirst, ourHot, theirFirst, theirHot, ratio(), same ? "agree" : "DIFFER");
  }
}
