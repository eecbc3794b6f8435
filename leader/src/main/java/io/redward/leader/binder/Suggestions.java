package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.functions.AggregateCatalog;
import io.redward.functions.FunctionCatalog;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds the name somebody may have meant.
final class Suggestions {
  private static final int MAX_DISTANCE = 2;

  private Suggestions() {}

  /// The closest candidate, if one is close.
  static Optional<String> closest(String wanted, Collection<String> candidates) {
    String best = "";
    int bestDistance = Math.min(MAX_DISTANCE, wanted.length() / 2) + 1;
    for (String candidate : candidates) {
      int distance = distance(wanted, candidate, bestDistance);
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /// The error, which says what may have been meant, if anything.
  ///
  /// @param what the candidates are: "the table"
  static SqlException hinted(
      SqlException error, String wanted, Collection<String> candidates, String what) {
    return closest(wanted, candidates)
        .map(meant -> error.withHint("Perhaps you meant " + what + " \"" + meant + "\"."))
        .orElse(error);
  }

  /// The error of a call, which says which function or aggregate may have been meant if there is
  /// none of this name at all.
  static SqlException hintedCall(SqlException error, String wanted) {
    Set<String> candidates = new TreeSet<>(FunctionCatalog.builtIn().names());
    AggregateCatalog.builtIn().signatures().forEach(s -> candidates.add(s.name()));
    candidates.removeIf(name -> name.startsWith("$"));
    return candidates.contains(wanted) ? error : hinted(error, wanted, candidates, "the function");
  }

  /// Letters to insert, drop, change or swap with the neighbour to make one word the other; `limit`
  /// or more where the words differ much in length.
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = previous;
      previous = row;
    }
    return previous[b.length()];
  }
}
