package io.redward.cluster.cut;

import io.redward.cluster.placement.KeyRanges;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.SourceStep.Placement;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// Tables that a query reads divided by ranges of their keys; those that it joins by their keys are
/// one group and divided by the same ranges.
final class KeyGroups {
  private final PlanCutter.Topology topology;
  private final Skew skew;
  private final Set<Long> refused;
  private final Map<Long, Integer> numbers = new TreeMap<>();
  private final Map<Long, Member> members = new TreeMap<>();
  private final List<Integer> parents = new ArrayList<>();

  /// A table in a group.
  record Member(long tableId, int columnId, Physical form) {}

  /// @param refused tables that cannot be divided so
  KeyGroups(PlanCutter.Topology topology, Set<Long> refused) {
    this.topology = topology;
    skew = new Skew(topology);
    this.refused = refused;
  }

  /// The field of a scan by whose value its table can be divided.
  OptionalInt key(SourceStep.TableScan scan) {
    if (scan.rowIds()
        || refused.contains(scan.tableId())
        || !(scan.placement() instanceof Placement.ByColumn(int columnId))) {
      return OptionalInt.empty();
    }
    for (int field = 0; field < scan.columnIds().length; field++) {
      if (scan.columnIds()[field] == columnId
          && Keyed.isPlaceable(scan.fields().get(field).type())
          && divides(scan.tableId(), columnId)) {
        return OptionalInt.of(field);
      }
    }
    return OptionalInt.empty();
  }

  private boolean divides(long tableId, int columnId) {
    return members.containsKey(tableId)
        || !skew.isSkewed(Optional.of(new Origins.Column(tableId, columnId)))
            && KeyRanges.of(topology.table(tableId), columnId, topology.nodes()).isPresent();
  }

  /// The group of a scan's table.
  ///
  /// @param field as [#key] says
  int group(SourceStep.TableScan scan, int field) {
    Integer known = numbers.get(scan.tableId());
    if (known != null) {
      return find(known);
    }
    Field key = scan.fields().get(field);
    numbers.put(scan.tableId(), parents.size());
    members.put(
        scan.tableId(), new Member(scan.tableId(), scan.columnIds()[field], key.type().physical()));
    parents.add(parents.size());
    return parents.size() - 1;
  }

  int find(int group) {
    int root = group;
    while (parents.get(root) != root) {
      root = parents.get(root);
    }
    return root;
  }

  void unite(int one, int other) {
    parents.set(find(other), find(one));
  }

  /// Every table that is divided, by its id.
  Map<Long, Member> members() {
    return members;
  }

  int groupOf(long tableId) {
    return find(Objects.requireNonNull(numbers.get(tableId)));
  }

  /// The ranges of every group, by its number.
  ///
  /// @throws Refusal if a table is not divided well by those of its group
  Map<Integer, KeyRanges> ranges() {
    Map<Integer, List<Member>> groups = new TreeMap<>();
    members
        .values()
        .forEach(
            member ->
                groups
                    .computeIfAbsent(groupOf(member.tableId()), _ -> new ArrayList<>())
                    .add(member));
    Map<Integer, KeyRanges> found = new HashMap<>();
    groups.forEach((group, tables) -> found.put(group, ranges(tables)));
    return found;
  }

  private KeyRanges ranges(List<Member> tables) {
    Comparator<Member> bySize = Comparator.comparingLong(each -> rows(each.tableId()));
    Member largest = tables.stream().max(bySize).orElseThrow();
    KeyRanges ranges =
        KeyRanges.of(topology.table(largest.tableId()), largest.columnId(), topology.nodes())
            .orElseThrow(() -> Refusal.ofTable(largest.tableId()));
    for (Member member : tables) {
      TableSnapshot table = topology.table(member.tableId());
      while (!ranges.divides(table, member.columnId())) {
        ranges =
            ranges.coarser(topology.nodes()).orElseThrow(() -> Refusal.ofTable(member.tableId()));
      }
    }
    return ranges;
  }

  private long rows(long tableId) {
    return topology.table(tableId).rowCount();
  }
}
