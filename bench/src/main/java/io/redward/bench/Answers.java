package io.redward.bench;

import java.math.BigDecimal;
import java.util.List;

/// Compares answers of two engines: text cell by cell, numbers within a hundredth or a millionth
/// part, because a Redshift-compatible AVG keeps its argument's scale where others answer a double.
final class Answers {
  private static final BigDecimal ABSOLUTE = new BigDecimal("0.011");
  private static final BigDecimal RELATIVE = new BigDecimal("0.000001");

  private Answers() {}

  static boolean agree(List<String> ours, List<String> theirs) {
    if (ours.size() != theirs.size()) {
      return false;
    }
    for (int row = 0; row < ours.size(); row++) {
      if (!rowsAgree(ours.get(row).split("\\|", -1), theirs.get(row).split("\\|", -1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean rowsAgree(String[] ours, String[] theirs) {
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
