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

/// Finds what a history of lists breaks. Values at the end of a list order its writers (ww), reads
/// follow the writer of the last value they saw (wr) and go before the writer of the next (rw).
final class ListCheck {
  private final History history;
  private final Map<Integer, Transaction> writers = new HashMap<>();
  private final Map<Anomaly, Integer> found = new TreeMap<>();
  private final DependencyGraph graph = new DependencyGraph();

  private ListCheck(History history) {
    this.history = history;
  }

  /// How often each anomaly was found; empty if there is none.
  static Map<Anomaly, Integer> of(History history) {
    ListCheck check = new ListCheck(history);
    check.run();
    return check.found;
  }

  private void run() {
    for (Transaction transaction : history.transactions()) {
      for (History.Operation operation : transaction.operations()) {
        if (operation instanceof Write append) {
          writers.put(append.value(), transaction);
        }
      }
    }
    lists();
    for (Transaction transaction : history.transactions()) {
      if (transaction.outcome() == Outcome.COMMITTED) {
        operations(transaction);
      }
    }
    graph.cycles().forEach((anomaly, count) -> found.merge(anomaly, count, Integer::sum));
  }

  private void lists() {
    Set<Integer> kept = new HashSet<>();
    for (List<Integer> list : history.values().values()) {
      kept.addAll(list);
      for (int i = 0; i < list.size(); i++) {
        Transaction writer = writer(list.get(i));
        if (writer.outcome() == Outcome.ABORTED) {
          note(Anomaly.G1A);
        }
        if (i > 0) {
          graph.add(writer(list.get(i - 1)).id(), writer.id(), DependencyGraph.Kind.OVERWRITE);
        }
      }
    }
    writers.forEach(
        (value, writer) -> {
          if (writer.outcome() == Outcome.COMMITTED && !kept.contains(value)) {
            note(Anomaly.LOST_WRITE);
          }
        });
  }

  private void operations(Transaction transaction) {
    Map<Integer, List<Integer>> own = new HashMap<>();
    for (History.Operation operation : transaction.operations()) {
      switch (operation) {
        case Write append ->
            own.computeIfAbsent(append.key(), _ -> new ArrayList<>()).add(append.value());
        case Read read -> read(transaction, read, own.getOrDefault(read.key(), List.of()));
      }
    }
  }

  /// @param own what the transaction has appended to the list before
  private void read(Transaction reader, Read read, List<Integer> own) {
    List<Integer> end = history.values().getOrDefault(read.key(), List.of());
    List<Integer> values = read.values();
    if (values.size() < own.size()
        || !values.subList(values.size() - own.size(), values.size()).equals(own)) {
      note(Anomaly.INCOMPATIBLE_ORDER);
      return;
    }
    List<Integer> others = values.subList(0, values.size() - own.size());
    for (int value : others) {
      if (writer(value).outcome() == Outcome.ABORTED) {
        note(Anomaly.G1A);
        return;
      }
    }
    if (others.size() > end.size() || !end.subList(0, others.size()).equals(others)) {
      note(Anomaly.INCOMPATIBLE_ORDER);
      return;
    }
    if (!others.isEmpty()) {
      Transaction writer = writer(others.getLast());
      if (lastOf(writer, read.key()) != others.getLast() && writer != reader) {
        note(Anomaly.G1B);
      }
      graph.add(writer.id(), reader.id(), DependencyGraph.Kind.READ);
    }
    if (others.size() < end.size()) {
      graph.add(reader.id(), writer(end.get(others.size())).id(), DependencyGraph.Kind.READ_BEFORE);
    }
  }

  private static int lastOf(Transaction writer, int key) {
    int last = 0;
    for (History.Operation operation : writer.operations()) {
      if (operation instanceof Write append && append.key() == key) {
        last = append.value();
      }
    }
    return last;
  }

  private Transaction writer(int value) {
    Transaction writer = writers.get(value);
    if (writer == null) {
      throw new IllegalStateException("nobody has appended " + value);
    }
    return writer;
  }

  private void note(Anomaly anomaly) {
    found.merge(anomaly, 1, Integer::sum);
  }
}
