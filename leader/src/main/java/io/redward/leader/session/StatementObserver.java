package io.redward.leader.session;

/// Told of every statement that has ended, on the thread that ran it: to be quick.
@FunctionalInterface
public interface StatementObserver {
  StatementObserver NONE = _ -> {};

  void ended(StatementReport report);

  /// Both, one after the other.
  default StatementObserver and(StatementObserver other) {
    return report -> {
      ended(report);
      other.ended(report);
    };
  }
}
