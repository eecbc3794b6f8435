package io.redward.bench.fuzz;

import io.redward.bench.fuzz.Part.Kind;
import io.redward.bench.fuzz.Tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Makes a failing check and its tables as small as it can, as long as the check fails.
final class Minimizer {
  private static final int MAX_TRIES = 1_500;

  private int tries;

  /// A smaller check that `fails` too.
  Check smaller(Check check, Predicate<Check> fails) {
    Check best = check;
    boolean better = true;
    while (better && tries < MAX_TRIES) {
      better = false;
      for (int i = 0; i < best.parts().size() && !better; i++) {
        for (Part candidate : candidates(best.parts().get(i))) {
          List<Part> parts = new ArrayList<>(best.parts());
          parts.set(i, candidate);
          Check tried = new Check(best.oracle(), parts);
          if (tries++ < MAX_TRIES && fails.test(tried)) {
            best = tried;
            better = true;
            break;
          }
        }
      }
    }
    return best;
  }

  /// Smaller trees in place of one: its own parts of the same kind, constants, and the same for
  /// each part below; the smallest first.
  private static List<Part> candidates(Part part) {
    List<Part> found = new ArrayList<>();
    if (part.kind() != Kind.OTHER && !part.parts().isEmpty()) {
      found.add(Part.of(part.kind(), "null"));
      if (part.kind() == Kind.BOOLEAN) {
        found.add(Part.of(Kind.BOOLEAN, "true"));
        found.add(Part.of(Kind.BOOLEAN, "false"));
      }
    }
    found.addAll(part.below(part.kind()));
    for (int i = 0; i < part.parts().size(); i++) {
      for (Part smaller : candidates(part.parts().get(i))) {
        found.add(part.with(i, smaller));
      }
    }
    found.removeIf(candidate -> candidate.size() >= part.size() && !simplerLeaf(candidate, part));
    found.sort((a, b) -> Integer.compare(a.size(), b.size()));
    return found;
  }

  private static boolean simplerLeaf(Part candidate, Part part) {
    return candidate.size() == part.size() && candidate.sql().length() < part.sql().length();
  }

  /// Tables with as few rows as `fails` allows.
  List<Table> fewerRows(List<Table> tables, Predicate<List<Table>> fails) {
    List<Table> best = new ArrayList<>(tables);
    for (int i = 0; i < best.size(); i++) {
      int piece = Math.max(1, best.get(i).rows().size() / 2);
      while (piece > 0 && tries < MAX_TRIES) {
        boolean dropped = false;
        for (int from = 0; from < best.get(i).rows().size() && tries < MAX_TRIES; from += piece) {
          List<String> rows = new ArrayList<>(best.get(i).rows());
          rows.subList(from, Math.min(rows.size(), from + piece)).clear();
          List<Table> tried = new ArrayList<>(best);
          tried.set(i, best.get(i).withRows(rows));
          tries++;
          if (fails.test(tried)) {
            best = tried;
            dropped = true;
            from -= piece;
          }
        }
        piece = dropped ? piece : piece / 2;
      }
    }
    return best;
  }
}
