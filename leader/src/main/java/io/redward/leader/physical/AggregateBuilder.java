package io.redward.leader.physical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.util.ImmutableBitSet;

/// Builds aggregations. Grouping sets repeat each row once a set, with the keys left out set to
/// NULL and the set's number as a further key; GROUPING() is worked out from that number. The empty
/// set has a group even without rows: a row of defaults stands in for it where it is missing.
final class AggregateBuilder {
  private final Conversion conversion;

  AggregateBuilder(Conversion conversion) {
    this.conversion = conversion;
  }

  Placed aggregate(Aggregate aggregate, ImmutableBitSet needed) {
    List<AggregateCall> calls = aggregate.getAggCallList();
    int keyCount = aggregate.getGroupCount();
    List<Integer> wanted = new ArrayList<>();
    for (int field : needed) {
      if (field >= keyCount) {
        wanted.add(field - keyCount);
      }
    }
    List<AggregateCall> wantedCalls = wanted.stream().map(calls::get).toList();
    Placed input = input(aggregate, wantedCalls);
    boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
    if (simple && keyCount == 0 && wantedCalls.isEmpty()) {
      return oneRow(aggregate);
    }
    Placed keyed = simple ? input : GroupingSets.expand(aggregate, input);
    AggregateAssembly assembly =
        new AggregateAssembly(conversion, aggregate, input.with(keyed.node()), keyed.places());
    wantedCalls.forEach(assembly::add);
    return assembly.place(wanted);
  }

  private Placed oneRow(Aggregate aggregate) {
    int[] places = new int[aggregate.getRowType().getFieldCount()];
    Arrays.fill(places, -1);
    return new Placed(
        new PhysicalNode.ValuesScan(List.of(List.of()), List.of(), new Estimate(0, 0.01, 1)),
        places);
  }

  private Placed input(Aggregate aggregate, List<AggregateCall> calls) {
    ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
    for (AggregateCall call : calls) {
      call.getArgList().forEach(read::set);
      if (call.hasFilter()) {
        read.set(call.filterArg);
      }
      call.getCollation().getFieldCollations().forEach(key -> read.set(key.getFieldIndex()));
    }
    return conversion.convert(aggregate.getInput(), read.build());
  }
}
