package io.redward.bench;

/// What one engine came to under many clients.
///
/// @param single queries a second of one client
/// @param many queries a second of all clients together
/// @param singleProcessor processor time of the engine for the list with one client, in seconds;
///     NaN where the engine is no process of its own
/// @param manyProcessor the same with all clients
/// @param shortAlone p95 of short queries with nothing else running, in milliseconds as the others
/// @param longest the longest wait for any query
/// @param failures NaN where nothing was measured
record ConcurrentFigures(
    double single,
    double many,
    double singleProcessor,
    double manyProcessor,
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
      new ConcurrentFigures(NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN);

  double throughput() {
    return many / single;
  }

  /// The work done in a second of processor time, of many clients to one: what a busy machine does
  /// not blur.
  double thrift() {
    return singleProcessor / manyProcessor;
  }

  double slowdown() {
    return shortP95 / shortAlone;
  }
}
