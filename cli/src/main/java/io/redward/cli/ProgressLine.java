package io.redward.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A line at the bottom of the screen that says how far the running statement is. It appears after
/// half a second, is asked for on a connection of its own, and goes away with the first row.
final class ProgressLine {
  private static final long FIRST_MILLIS = 500;
  private static final long NEXT_MILLIS = 200;
  private static final int BAR = 24;
  private static final String CLEARED = "\r\u001b[K";

  /// A row for each step of the segment at work.
  private static final String QUERY =
      "select p.segment_number, p.segments, p.segment_label, p.work_units, p.work_units_taken,"
          + " p.rows_read, p.memory_bytes, p.spilled_bytes, trim(s.label), s.rows,"
          + " p.time_left"
          + " from sys_query_progress p left join stv_exec_state s on s.query = p.query_id"
          + " and s.segment = p.segment_id where p.session_id = ? order by s.step";

  private static final Pattern TABLE = Pattern.compile(" +tbl=[0-9]+( name=)?");

  private final Runner runner;
  private final PrintWriter screen;
  private @Nullable Connection own;

  ProgressLine(Runner runner, PrintWriter screen) {
    this.runner = runner;
    this.screen = screen;
  }

  /// Watches the statement that the runner's session is about to run.
  Watch watch(int session) {
    Watch watch = new Watch(session);
    watch.thread = Thread.ofVirtual().start(watch::run);
    return watch;
  }

  void close() throws SQLException {
    if (own != null) {
      own.close();
    }
  }

  /// Watching until it is closed.
  final class Watch implements AutoCloseable {
    private final int session;
    private @Nullable Thread thread;
    private boolean shown;
    private boolean ended;

    private Watch(int session) {
      this.session = session;
    }

    private void run() {
      long begun = System.nanoTime();
      try {
        Thread.sleep(FIRST_MILLIS);
        while (show(System.nanoTime() - begun)) {
          Thread.sleep(NEXT_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (SQLException e) {
        // The line is a convenience; the statement's own connection says what is wrong.
        Thread.currentThread().interrupt();
      }
    }

    private boolean show(long nanos) throws SQLException {
      try (PreparedStatement asked = connection().prepareStatement(QUERY)) {
        asked.setInt(1, session);
        try (ResultSet row = asked.executeQuery()) {
          return show(row.next() ? fitting(text(row, nanos) + steps(row)) : "");
        }
      }
    }

    private synchronized boolean show(String text) {
      if (!ended && !(text.isEmpty() && !shown)) {
        screen.print(CLEARED + text);
        screen.flush();
        shown = !text.isEmpty();
      }
      return !ended;
    }

    /// Takes the line away; none comes after that.
    @Override
    public void close() {
      Thread watching = thread;
      if (watching != null) {
        watching.interrupt();
      }
      synchronized (this) {
        if (shown && !ended) {
          screen.print(CLEARED);
          screen.flush();
        }
        ended = true;
      }
    }
  }

  private Connection connection() throws SQLException {
    Connection open = own;
    if (open == null || open.isClosed()) {
      open = runner.connector().connect(runner.database());
      own = open;
    }
    return open;
  }

  private static String text(ResultSet row, long nanos) throws SQLException {
    int units = Math.max(1, row.getInt(4));
    double share = Math.min(1, (double) row.getInt(5) / units);
    int full = (int) Math.round(share * BAR);
    String spilled = row.getLong(8) == 0 ? "" : ", " + size(row.getLong(8)) + " spilled";
    return String.format(
        Locale.ROOT,
        "segment %d/%d %s%s %3.0f %%%s  %.1f s, %,d rows, %s%s  ",
        row.getInt(1),
        row.getInt(2),
        "█".repeat(full),
        "░".repeat(BAR - full),
        share * 100,
        left(row.getLong(11) / 1000),
        nanos / 1e9,
        row.getLong(6),
        size(row.getLong(7)),
        spilled);
  }

  /// Until the end, as the server guesses it; nothing where it does not know.
  static String left(long millis) {
    if (millis < 0) {
      return "";
    }
    long seconds = Math.round(millis / 1000.0);
    return seconds >= 3600
        ? String.format(Locale.ROOT, " (%d h %d min left)", seconds / 3600, seconds % 3600 / 60)
        : seconds >= 60
            ? String.format(Locale.ROOT, " (%d min %d s left)", seconds / 60, seconds % 60)
            : String.format(Locale.ROOT, " (%d s left)", seconds);
  }

  /// The steps of the segment with the rows that have passed each so far; the segment's label where
  /// they are not known. The result stands at its first row.
  static String steps(ResultSet row) throws SQLException {
    String label = row.getString(3);
    StringBuilder steps = new StringBuilder();
    do {
      String step = row.getString(9);
      if (step == null) {
        return label;
      }
      steps
          .append(steps.isEmpty() ? "" : " → ")
          .append(TABLE.matcher(step).replaceFirst(" "))
          .append(' ')
          .append(String.format(Locale.ROOT, "%,d", row.getLong(10)));
    } while (row.next());
    return steps.toString();
  }

  /// As much of a text as a line of the screen takes; a longer one would leave its beginning there.
  private String fitting(String text) {
    int most = runner.columns() - 1;
    return most < 20 || text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
