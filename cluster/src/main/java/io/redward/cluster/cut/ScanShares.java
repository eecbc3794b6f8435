package io.redward.cluster.cut;

import io.redward.cluster.placement.KeyRanges;
import io.redward.cluster.placement.Shares;
import io.redward.cluster.placement.TableShare;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SourceStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Names, in scans, the share of the table that they are to find on a node.
final class ScanShares {
  private final KeyGroups groups;
  private final boolean foreignFilters;
  private final List<TableShare> tables = new ArrayList<>();
  private final List<KeyRanges> ranges = new ArrayList<>();
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private boolean dropsFilters;

  /// @param foreignFilters see [Places#knownFilters]
  ScanShares(KeyGroups groups, boolean foreignFilters) {
    this.foreignFilters = foreignFilters;
    this.groups = groups;
    groups
        .ranges()
        .forEach(
            (group, each) -> {
              numbers.put(group, ranges.size());
              ranges.add(each);
            });
  }

  Shares shares() {
    return new Shares(tables, ranges);
  }

  /// The place of a group's ranges, -1 of none.
  int ranges(int group) {
    return group < 0 ? -1 : Objects.requireNonNull(numbers.get(groups.find(group)));
  }

  /// @param rest what is left of `segment`, from its source on
  Segment named(Segment segment, Segment rest, Places places) {
    SourceStep source =
        switch (rest.source()) {
          case SourceStep.TableScan scan -> named(segment, scan, places);
          case SourceStep.MergeJoin join ->
              new SourceStep.MergeJoin(
                  named(segment, join.outer(), places),
                  named(segment, join.inner(), places),
                  join.outerKeys(),
                  join.innerKeys(),
                  join.keepsOuter(),
                  join.fields());
          default -> rest.source();
        };
    return new Segment(rest.id(), source, rest.transforms(), rest.sink(), rest.label());
  }

  /// Whether scans go without filters since the leader alone has the hash tables.
  boolean dropsFilters() {
    return dropsFilters;
  }

  private SourceStep.TableScan named(Segment segment, SourceStep.TableScan scan, Places places) {
    dropsFilters |=
        scan.joinFilters().stream()
            .anyMatch(filter -> places.need(filter.stateId()) == Places.Need.LEADER);
    return new SourceStep.TableScan(
        name(segment, scan, places),
        scan.tableName(),
        scan.columnIds(),
        scan.fields(),
        scan.predicates(),
        places.knownFilters(segment, scan, foreignFilters),
        scan.rowIds(),
        scan.placement());
  }

  private long name(Segment segment, SourceStep.TableScan scan, Places places) {
    if (places.isEverywhere(segment)) {
      return TableShare.named(scan.tableId(), number(TableShare.whole(scan.tableId())));
    }
    KeyGroups.Member member = groups.members().get(scan.tableId());
    if (member == null || groups.key(scan).isEmpty()) {
      return scan.tableId();
    }
    TableShare share =
        new TableShare(
            scan.tableId(),
            member.columnId(),
            member.form(),
            ranges(groups.groupOf(scan.tableId())));
    return TableShare.named(scan.tableId(), number(share));
  }

  private int number(TableShare share) {
    int known = tables.indexOf(share);
    if (known < 0) {
      known = tables.size();
      tables.add(share);
    }
    return known;
  }
}
