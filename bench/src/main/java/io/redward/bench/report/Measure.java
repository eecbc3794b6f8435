package io.redward.bench.report;

/// One figure of ours and, where there is one, the other engine's.
///
/// @param metric what was measured, as `hot run`
/// @param work on what, as `q07`
/// @param theirs NaN where nothing was compared
/// @param note what a reader has to know, often empty
public record Measure(
    String metric, String unit, String work, double ours, double theirs, String note) {
  public Measure(String metric, String unit, String work, double ours, double theirs) {
    this(metric, unit, work, ours, theirs, "");
  }

  public boolean compared() {
    return !Double.isNaN(theirs);
  }

  public double ratio() {
    return ours / theirs;
  }

  /// True if ours is no worse; of rates, more is better.
  public boolean noWorse() {
    return unit.endsWith("/s") ? ratio() >= 1 : ratio() <= 1;
  }
}
