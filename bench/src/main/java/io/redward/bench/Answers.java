package io.redward.bench;

import io.redward.bench.QueryFigures.Agreement;
import java.math.BigDecimal;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;

/// Compares answers of two engines: text cell by cell, numbers within a hundredth or a millionth
/// part, because a Redshift-compatible AVG keeps its argument's scale where others answer a double.
final class Answers {
  private static final BigDecimal ABSOLUTE = new BigDecimal("0.011");
  private static final BigDecimal RELATIVE = new BigDecimal("0.000001");

  private Answers() {}

  static Agreement compare(List<String> ours, List<String> theirs) {
    if (agree(ours, theirs)) {
      return Agreement.AGREE;
    }
    return ours.size() == theirs.size() && firstMissing(ours, theirs).isEmpty()
        ? Agreement.TIES
        : Agreement.DIFFER;
  }

  /// What differs first, for people.
  static String difference(List<String> ours, List<String> theirs) {
    return ours.size() != theirs.size()
        ? ours.size() + " rows, not " + theirs.size()
        : firstMissing(ours, theirs)
            .map(row -> "row %s is not in the other's %d rows".formatted(row, theirs.size()))
            .orElse("");
  }

  static boolean agree(List<String> ours, List<String> theirs) {
    if (ours.size() != theirs.size()) {
      return false;
    }
    for (int row = 0; row < ours.size(); row++) {
      if (!rowsAgree(ours.get(row), theirs.get(row))) {
        return false;
      }
    }
    return true;
  }

  /// The first row that finds no partner of its own.
  private static Optional<String> firstMissing(List<String> ours, List<String> theirs) {
    List<String> left = new LinkedList<>(theirs);
    for (String row : ours) {
      if (!remove(left, row)) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  private static boolean remove(List<String> rows, String row) {
    for (ListIterator<String> each = rows.listIterator(); each.hasNext(); ) {
      if (rowsAgree(row, each.next())) {
        each.remove();
        return true;
      }
    }
    return false;
  }

  private static boolean rowsAgree(String our, String their) {
    if (our.equals(their)) {
      return true;
    }
    String[] ours = our.split("\\|", -1);
    String[] theirs = their.split("\\|", -1);
    if (ours.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < ours.length; i++) {
      if (!ours[i].strip().equals(theirs[i].strip()) && !close(ours[i], theirs[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean close(String ours, String theirs) {
    try {
      BigDecimal a = new BigDecimal(ours.strip());
      BigDecimal b = new BigDecimal(theirs.strip());
      BigDecimal difference = a.subtract(b).abs();
      return difference.compareTo(ABSOLUTE) <= 0
          || difference.compareTo(b.abs().multiply(RELATIVE)) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
