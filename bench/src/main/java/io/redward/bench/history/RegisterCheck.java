package io.redward.bench.history;

import io.redward.bench.history.History.Outcome;
import io.redward.bench.history.History.Read;
import io.redward.bench.history.History.Transaction;
import io.redward.bench.history.History.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds what a history of registers breaks. What is known of the order of a register's versions is
/// that the first comes before all others, that the one at the end comes after them, and that what
/// a transaction has read comes before what it has written. Of versions so ordered the writers
/// follow each other (ww), and who read the one goes before the writer of the other (rw); who read
/// a version follows its writer (wr). Where nothing is known nothing is claimed, so that what is
/// found is real.
final class RegisterCheck {
  private final History history;
  private final Map<Integer, Transaction> writers = new HashMap<>();
  private final Map<Version, List<Transaction>> readers = new HashMap<>();
  private final Map<Version, Set<Integer>> later = new HashMap<>();
  private final Map<Version, Integer> overwritten = new HashMap<>();

  /// What committed transactions left in a register when they ended, by key.
  private final Map<Integer, List<Integer>> left = new HashMap<>();

  private final Map<Anomaly, Integer> found = new TreeMap<>();
  private final DependencyGraph graph = new DependencyGraph();

  private RegisterCheck(History history) {
    this.history = history;
  }

  /// A register's value; every register has a 0 of its own.
  private record Version(int key, int value) {}

  /// How often each anomaly was found; empty if there is none.
  static Map<Anomaly, Integer> of(History history) {
    RegisterCheck check = new RegisterCheck(history);
    check.run();
    return check.found;
  }

  private void run() {
    for (Transaction transaction : history.transactions()) {
      for (History.Operation operation : transaction.operations()) {
        if (operation instanceof Write write) {
          writers.put(write.value(), transaction);
        }
      }
    }
    for (Transaction transaction : history.transactions()) {
      if (transaction.outcome() == Outcome.COMMITTED) {
        operations(transaction);
      }
    }
    overwritten.values().stream().filter(count -> count > 1).forEach(_ -> note(Anomaly.G_SINGLE));
    left.forEach(this::ends);
    later.forEach(this::follow);
    graph.cycles().forEach((anomaly, count) -> found.merge(anomaly, count, Integer::sum));
  }

  private void operations(Transaction transaction) {
    Map<Integer, Integer> seen = new HashMap<>();
    Map<Integer, Integer> written = new HashMap<>();
    for (History.Operation operation : transaction.operations()) {
      switch (operation) {
        case Write write -> written.put(write.key(), write.value());
        case Read read -> {
          int value = read.values().getFirst();
          Integer own = written.get(read.key());
          Integer before = seen.putIfAbsent(read.key(), own == null ? value : own);
          if (own != null) {
            noteIf(value != own, Anomaly.INTERNAL);
          } else if (before == null) {
            read(transaction, new Version(read.key(), value));
          } else {
            noteIf(value != before, Anomaly.G_SINGLE);
          }
        }
      }
    }
    written.forEach(
        (key, value) -> {
          left.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
          Integer before = seen.get(key);
          if (before != null && writers.get(before) != transaction) {
            Version overwrites = new Version(key, before);
            overwritten.merge(overwrites, 1, Integer::sum);
            order(overwrites, value);
          }
        });
  }

  private void read(Transaction reader, Version version) {
    readers.computeIfAbsent(version, _ -> new ArrayList<>()).add(reader);
    Transaction writer = writer(version);
    if (writer == null) {
      return;
    }
    noteIf(writer.outcome() == Outcome.ABORTED, Anomaly.G1A);
    noteIf(lastOf(writer, version.key()) != version.value(), Anomaly.G1B);
    graph.add(writer.id(), reader.id(), DependencyGraph.Kind.READ);
  }

  /// The first version of a register is before all others, the one at its end after them.
  private void ends(int key, List<Integer> values) {
    int end = history.values().getOrDefault(key, List.of(0)).getFirst();
    Transaction writer = writer(new Version(key, end));
    noteIf(end == 0, Anomaly.LOST_WRITE);
    noteIf(writer != null && writer.outcome() == Outcome.ABORTED, Anomaly.G1A);
    for (int value : values) {
      order(new Version(key, 0), value);
      if (end != 0 && value != end) {
        order(new Version(key, value), end);
      }
    }
  }

  private void order(Version version, int following) {
    later.computeIfAbsent(version, _ -> new HashSet<>()).add(following);
  }

  private void follow(Version version, Set<Integer> following) {
    Transaction writer = writer(version);
    for (int value : following) {
      Transaction next = writer(new Version(version.key(), value));
      if (next == null) {
        throw new IllegalStateException("nobody has written " + value);
      }
      if (writer != null) {
        graph.add(writer.id(), next.id(), DependencyGraph.Kind.OVERWRITE);
      }
      for (Transaction reader : readers.getOrDefault(version, List.of())) {
        graph.add(reader.id(), next.id(), DependencyGraph.Kind.READ_BEFORE);
      }
    }
  }

  private static int lastOf(Transaction writer, int key) {
    int last = 0;
    for (History.Operation operation : writer.operations()) {
      if (operation instanceof Write write && write.key() == key) {
        last = write.value();
      }
    }
    return last;
  }

  /// Null of a register's first version.
  private @Nullable Transaction writer(Version version) {
    Transaction writer = writers.get(version.value());
    if (writer == null && version.value() != 0) {
      throw new IllegalStateException("nobody has written " + version.value());
    }
    return writer;
  }

  private void noteIf(boolean wrong, Anomaly anomaly) {
    if (wrong) {
      note(anomaly);
    }
  }

  private void note(Anomaly anomaly) {
    found.merge(anomaly, 1, Integer::sum);
  }
}
