package io.redward.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A list of queries being worked off by any number of clients.
final class ConcurrentRun {
  private final List<Item> items;
  private final double[] millis;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private double seconds;

  /// A query.
  ///
  /// @param kind 0 for short ones, else which of the long ones
  record Item(String text, int kind) {}

  ConcurrentRun(List<Item> items) {
    this.items = items;
    millis = new double[items.size()];
  }

  /// One client: takes queries until none is left.
  void work(Connection connection, AtomicInteger next) {
    int mine;
    while ((mine = next.getAndIncrement()) < items.size()) {
      long begun = System.nanoTime();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(items.get(mine).text())) {
        int count = 0;
        while (rows.next()) {
          count++;
        }
        if (count == 0) {
          failures.add("no rows: " + items.get(mine).text());
        }
      } catch (SQLException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
      millis[mine] = (System.nanoTime() - begun) / 1e6;
    }
  }

  void ended(long nanos) {
    seconds = nanos / 1e9;
  }

  double seconds() {
    return seconds;
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  double percentile(double share, int kind) {
    double[] sorted = times(kind);
    return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1) * share)];
  }

  double p95(int kind) {
    return percentile(0.95, kind);
  }

  /// The slowest query's time.
  double longest() {
    return Arrays.stream(millis).max().orElse(Double.NaN);
  }

  private double[] times(int kind) {
    double[] times =
        IntStream.range(0, millis.length)
            .filter(i -> items.get(i).kind() == kind)
            .mapToDouble(i -> millis[i])
            .toArray();
    Arrays.sort(times);
    return times;
  }

  /// How many queries took more than `times` what their kind takes in another run.
  int slowerThan(ConcurrentRun other, double times) {
    int slower = 0;
    for (int i = 0; i < millis.length; i++) {
      if (millis[i] > times * other.percentile(0.5, items.get(i).kind())) {
        slower++;
      }
    }
    return slower;
  }
}
