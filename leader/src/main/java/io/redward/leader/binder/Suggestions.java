package io.redward.leader.binder;

import java.util.Collection;
import java.util.Optional;

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

  /// Edits between two words; `limit` or more where they differ much in length.
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
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
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
