package io.redward.server;

import java.io.PrintStream;

/// One line of the terminal that shows how far a long step has come: a bar, megabytes, rate, rows
/// and time left. Where output is no terminal it prints only how steps end.
public final class ProgressLine {
  private static final int BAR = 24;
  private static final double MEGABYTE = 1e6;

  private final PrintStream out;
  private final boolean terminal;
  private long begun = System.nanoTime();
  private boolean shown;

  public ProgressLine(PrintStream out) {
    this.out = out;
    this.terminal = System.console() != null && System.console().isTerminal();
  }

  /// Starts the clock of a step.
  public void begin() {
    begun = System.nanoTime();
  }

  /// @param rows so far, or -1 if they are not counted
  public void show(String what, long bytes, long total, long rows) {
    if (!terminal || total <= 0) {
      return;
    }
    double share = Math.min(1.0, (double) bytes / total);
    double seconds = seconds();
    int filled = (int) (share * BAR);
    String left = share > 0.02 ? "%.0f s left".formatted(seconds / share - seconds) : "";
    out.printf(
        "\r%-22s [%s%s] %3.0f %%  %.0f MB/s  %s%s\033[K",
        what,
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        share * 100,
        bytes / MEGABYTE / Math.max(seconds, 0.001),
        rows >= 0 ? "%,d rows  ".formatted(rows) : "",
        left);
    out.flush();
    shown = true;
  }

  /// Replaces the line by what the step came to.
  public void end(String result) {
    out.printf("%s%s  (%.1f s)%n", shown ? "\r\033[K" : "", result, seconds());
    shown = false;
    begin();
  }

  private double seconds() {
    return (System.nanoTime() - begun) / 1e9;
  }
}
