package io.redward.bench;

/// What one engine came to under many clients.
///
/// @param single queries a second of one client
/// @param many queries a second of all clients together
/// @param shortAlone p95 of short queries with nothing else running, in milliseconds as the others
/// @param longest the longest wait for any query
/// @param failures NaN where nothing was measured
record ConcurrentFigures(
    double single,
    double many,
    double shortAlone,
    double shortP50,
    double shortP95,
    double shortSlowest,
    double longest,
    double failures,
    double starved) {
  private static final double NAN = Double.NaN;

  /// No engine.
  static final ConcurrentFigures NONE =
      new ConcurrentFigures(NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN);

  double throughput() {
    return many / single;
  }

  double slowdown() {
    return shortP95 / shortAlone;
  }
}
