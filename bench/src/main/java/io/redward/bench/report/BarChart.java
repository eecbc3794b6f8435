package io.redward.bench.report;

import java.util.List;

/// Horizontal bars as SVG.
final class BarChart {
  private static final int WIDTH = 900;
  private static final int LEFT = 130;
  private static final int RIGHT = 90;
  private static final int BAR = 11;
  private static final int GAP = 7;

  private final StringBuilder svg = new StringBuilder();

  private BarChart(int height, String label) {
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" font-size=\"11\">\n"
            .formatted(WIDTH, height, HtmlReport.escaped(label)));
  }

  /// Both engines' values, a pair of bars a measure.
  static String values(List<Measure> measures, String other) {
    List<Measure> shown = measures.stream().filter(m -> !Double.isNaN(m.ours())).toList();
    boolean pairs = shown.stream().anyMatch(Measure::compared);
    int step = (pairs ? 2 : 1) * BAR + GAP;
    BarChart chart = new BarChart(shown.size() * step + 30, "values");
    double largest =
        shown.stream()
            .mapToDouble(m -> m.compared() ? Math.max(m.ours(), m.theirs()) : m.ours())
            .max()
            .orElse(1);
    chart.legend(pairs ? other : "");
    int y = 24;
    for (Measure measure : shown) {
      chart.text(LEFT - 6, y + BAR, "end", measure.work());
      chart.bar("ours", y, measure.ours() / largest, BenchReport.number(measure.ours()), measure);
      if (measure.compared()) {
        chart.bar(
            "theirs",
            y + BAR,
            measure.theirs() / largest,
            BenchReport.number(measure.theirs()),
            measure);
      }
      y += step;
    }
    return chart.end();
  }

  /// Our value as a multiple of theirs, on a logarithmic scale around 1: bars to the left are
  /// faster.
  static String ratios(List<Measure> measures, String other) {
    List<Measure> shown =
        measures.stream()
            .filter(m -> m.compared() && m.ratio() > 0 && !Double.isInfinite(m.ratio()))
            .toList();
    BarChart chart = new BarChart(shown.size() * (BAR + GAP) + 30, "ratios");
    double reach =
        Math.max(
            Math.log(2),
            shown.stream().mapToDouble(m -> Math.abs(Math.log(m.ratio()))).max().orElse(1));
    int middle = LEFT + (WIDTH - LEFT - RIGHT) / 2;
    int half = (WIDTH - LEFT - RIGHT) / 2;
    chart.text(middle, 12, "middle", "less than " + other + " \u2190 1 \u2192 more than " + other);
    int y = 24;
    for (Measure measure : shown) {
      double length = Math.log(measure.ratio()) / reach * half;
      double from = Math.min(middle, middle + length);
      chart.text(LEFT - 6, y + BAR - 2, "end", measure.work());
      chart.rectangle(length > 0 ? "ours" : "theirs", from, y, Math.abs(length));
      chart.text(
          length > 0 ? middle + length + 4 : middle + length - 4,
          y + BAR - 2,
          length > 0 ? "start" : "end",
          "%.2f".formatted(measure.ratio()));
      y += BAR + GAP;
    }
    chart.svg.append(
        "<line x1=\"%d\" y1=\"18\" x2=\"%d\" y2=\"%d\" stroke=\"#1c1e21\"/>\n"
            .formatted(middle, middle, y));
    return chart.end();
  }

  private void legend(String other) {
    rectangle("ours", LEFT, 3, 10);
    text(LEFT + 16, 12, "start", "redward");
    if (!other.isEmpty()) {
      rectangle("theirs", LEFT + 80, 3, 10);
      text(LEFT + 96, 12, "start", other);
    }
  }

  private void bar(String style, int y, double share, String value, Measure measure) {
    double length = Math.max(1, share * (WIDTH - LEFT - RIGHT));
    rectangle(style, LEFT, y, length);
    text(LEFT + length + 4, y + BAR - 2, "start", value + " " + measure.unit());
  }

  private void rectangle(String style, double x, int y, double width) {
    svg.append(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n"
            .formatted(style, x, y, width, BAR - 1));
  }

  private void text(double x, int y, String anchor, String text) {
    svg.append(
        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
            .formatted(x, y, anchor, HtmlReport.escaped(text)));
  }

  private String end() {
    return svg.append("</svg>\n").toString();
  }
}
