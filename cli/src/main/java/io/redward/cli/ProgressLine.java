package io.redward.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line at the bottom of the screen that says how far the running statement is. It appears after
/// half a second, is asked for on a connection of its own, and goes away with the first row.
final class ProgressLine {
  private static final long FIRST_MILLIS = 500;
  private static final long NEXT_MILLIS = 200;
  private static final int BAR = 24;
  private static final String CLEARED = "\r\u001b[K";

  private static final String QUERY =
      "select segment_number, segments, segment_label, work_units, work_units_taken, rows_read,"
          + " memory_bytes, spilled_bytes from sys_query_progress where session_id = ?";

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
          return show(row.next() ? text(row, nanos) : "");
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
        "segment %d/%d %s%s %3.0f %%  %.1f s, %,d rows, %s%s  %s",
        row.getInt(1),
        row.getInt(2),
        "█".repeat(full),
        "░".repeat(BAR - full),
        share * 100,
        nanos / 1e9,
        row.getLong(6),
        size(row.getLong(7)),
        spilled,
        row.getString(3));
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
