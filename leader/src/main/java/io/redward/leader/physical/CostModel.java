package io.redward.leader.physical;

/// Costs in the units EXPLAIN shows: 0.01 for a row read or yielded, 0.0025 for an operator applied
/// to a row. Moving a row costs so much more that distribution decides what a plan is said to cost.
///
/// Source: fitted to the plans printed in the Amazon Redshift Developer Guide ("Query plan
/// example", EXPLAIN, CTAS usage notes), which they reproduce to the cent.
final class CostModel {
  private static final double ROW = 0.01;
  private static final double OPERATOR = 0.0025;
  private static final double SORT_PENALTY = 1e12;
  private static final double NETWORK_BYTE = 10_000;
  private static final double DISTRIBUTE_SHARE = 48;

  private CostModel() {}

  static Estimate scan(double tableRows, int operators, double rows) {
    return new Estimate(0, tableRows * (ROW + operators * OPERATOR), rows);
  }

  static Estimate filter(Estimate input, int operators, double rows) {
    return new Estimate(input.startup(), input.total() + input.rows() * operators * OPERATOR, rows);
  }

  /// @param moving what broadcasting or redistributing costs
  static Estimate hashJoin(Estimate probe, Estimate build, int keys, double rows, double moving) {
    double startup = probe.startup() + build.total() + build.rows() * keys * OPERATOR;
    double run =
        probe.total() - probe.startup() + probe.rows() * (keys * OPERATOR + ROW) + rows * ROW;
    return new Estimate(startup, startup + run + moving, rows);
  }

  static Estimate mergeJoin(Estimate outer, Estimate inner, double rows) {
    double run = outer.total() + inner.total() + (outer.rows() + inner.rows()) * OPERATOR;
    return new Estimate(outer.startup() + inner.startup(), run, rows);
  }

  static Estimate nestedLoop(
      Estimate outer, Estimate inner, int operators, double rows, double moving) {
    double pairs = outer.rows() * inner.rows();
    double run = inner.total() + outer.total() + pairs * (ROW + operators * OPERATOR);
    return new Estimate(outer.startup() + inner.startup(), run + moving, rows);
  }

  static Estimate aggregate(Estimate input, int keys, int calls, double groups) {
    double startup = input.total() + input.rows() * (keys + calls) * OPERATOR;
    return new Estimate(startup, startup + groups * Math.max(1, calls) * OPERATOR, groups);
  }

  static Estimate unique(Estimate input, int keys, double groups) {
    return new Estimate(input.startup(), input.total() + input.rows() * keys * OPERATOR, groups);
  }

  static Estimate sort(Estimate input, double rows) {
    double n = Math.max(2, input.rows());
    double startup = SORT_PENALTY + input.total() + 2 * OPERATOR * n * Math.log(n) / Math.log(2);
    return new Estimate(startup, startup + OPERATOR * input.rows(), rows);
  }

  static Estimate limit(Estimate input, double rows) {
    double share = input.rows() <= 0 ? 1 : Math.min(1, rows / input.rows());
    double total = input.startup() + (input.total() - input.startup()) * share;
    return new Estimate(input.startup(), total, rows);
  }

  static Estimate window(Estimate input, int calls) {
    return new Estimate(
        input.startup(), input.total() + input.rows() * calls * OPERATOR, input.rows());
  }

  /// What it costs to send all rows to every node.
  static double broadcast(double rows, double width) {
    return rows * rowBytes(width) * NETWORK_BYTE;
  }

  /// What it costs to send every row to the slice its key belongs to.
  static double distribute(double rows, double width) {
    return broadcast(rows, width) / DISTRIBUTE_SHARE;
  }

  private static double rowBytes(double width) {
    return (Math.round(width) + 3) / 4 * 4 + 8;
  }
}
