package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.leader.physical.Column.Origin;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which columns of a statement's scans determine which: a unique key determines its row, and an
/// inner join makes two columns equal. Grouping uses it: of `GROUP BY c_custkey, c_name, c_phone`
/// only the customer's key needs to be hashed and compared.
///
/// Facts are added while operators are built from the leaves up, so that what is known when an
/// aggregation is built holds of its input. A statement's scans are told apart even if they read
/// the same table.
final class Dependencies {
  private final List<List<Set<Integer>>> uniqueColumns = new ArrayList<>();
  private final List<Set<Origin>> equal = new ArrayList<>();

  /// A scan of a table with these unique sets of column ids; its number.
  int addScan(List<Set<Integer>> unique) {
    uniqueColumns.add(unique);
    return uniqueColumns.size() - 1;
  }

  /// True if these columns contain a unique set of one scan.
  boolean holdsUnique(Set<Origin> columns) {
    for (int scan = 0; scan < uniqueColumns.size(); scan++) {
      int number = scan;
      for (Set<Integer> unique : uniqueColumns.get(scan)) {
        if (unique.stream().allMatch(column -> columns.contains(new Origin(number, column)))) {
          return true;
        }
      }
    }
    return false;
  }

  /// The keys of an inner join are equal from here on.
  void addEqualities(PhysicalNode probe, PhysicalNode build, PhysicalNode.HashJoin.Keys keys) {
    for (int i = 0; i < keys.probe().size(); i++) {
      Origin left = origin(keys.probe().get(i), probe);
      Origin right = origin(keys.build().get(i), build);
      if (left.isStored() && right.isStored()) {
        equal.add(Set.of(left, right));
      }
    }
  }

  private static Origin origin(Expression key, PhysicalNode node) {
    FieldRef field = ScanPredicates.column(key);
    return field == null ? Origin.COMPUTED : node.columns().get(field.index()).origin();
  }

  /// The columns among `places` that determine all of them, few and cheap to compare.
  List<Integer> determining(List<Integer> places, List<Column> row) {
    if (places.size() < 2) {
      return places;
    }
    List<Integer> byCost = new ArrayList<>(places);
    byCost.sort(
        Comparator.<Integer>comparingInt(p -> -determined(List.of(p), places, row).size())
            .thenComparingInt(p -> isText(row.get(p)) ? 1 : 0));
    List<Integer> chosen = new ArrayList<>();
    for (int place : byCost) {
      if (!determined(chosen, places, row).contains(place)) {
        chosen.add(place);
      }
    }
    return places.stream().filter(chosen::contains).distinct().toList();
  }

  private static boolean isText(Column column) {
    return column.field().physical() == Physical.BYTES;
  }

  /// The places whose value is fixed once those of `given` are.
  private Set<Integer> determined(List<Integer> given, List<Integer> places, List<Column> row) {
    Set<Origin> known = new HashSet<>();
    Set<Integer> wholeScans = new HashSet<>();
    given.forEach(place -> known.add(row.get(place).origin()));
    known.remove(Origin.COMPUTED);
    while (grow(known, wholeScans)) {}
    Set<Integer> fixed = new HashSet<>(given);
    for (int place : places) {
      if (isKnown(row.get(place).origin(), known, wholeScans)) {
        fixed.add(place);
      }
    }
    return fixed;
  }

  private static boolean isKnown(Origin origin, Set<Origin> known, Set<Integer> wholeScans) {
    return known.contains(origin) || wholeScans.contains(origin.scan());
  }

  private boolean grow(Set<Origin> known, Set<Integer> wholeScans) {
    boolean grown = false;
    for (Set<Origin> pair : equal) {
      if (pair.stream().anyMatch(origin -> isKnown(origin, known, wholeScans))) {
        grown |= known.addAll(pair);
      }
    }
    for (int scan = 0; scan < uniqueColumns.size(); scan++) {
      for (Set<Integer> unique : uniqueColumns.get(scan)) {
        int number = scan;
        boolean fixed =
            unique.stream().allMatch(column -> known.contains(new Origin(number, column)));
        grown |= fixed && wholeScans.add(scan);
      }
    }
    return grown;
  }
}
