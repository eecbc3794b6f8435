package io.redward.compute.node;

import io.redward.compute.scan.KeyFilter;
import io.redward.compute.scan.MergeInput;
import io.redward.compute.scan.MergeJoinSource;
import io.redward.compute.scan.ScanHints;
import io.redward.compute.scan.TableScanSource;
import io.redward.compute.scan.TopBound;
import io.redward.compute.step.BatchSource;
import io.redward.compute.step.ConstantEvaluator;
import io.redward.compute.step.ConstantSources;
import io.redward.compute.step.RowScanSource;
import io.redward.compute.step.UsedFields;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import io.redward.runtime.aggregate.AggregateTable;
import io.redward.runtime.join.JoinTable;
import io.redward.runtime.row.RowBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Opens the sources of an execution's segments.
final class Sources {
  private final Statement statement;
  private final States states;
  private final ConstantEvaluator evaluator;

  Sources(Statement statement, States states, ConstantEvaluator evaluator) {
    this.statement = statement;
    this.states = states;
    this.evaluator = evaluator;
  }

  BatchSource open(Segment segment, Optional<TopBound> top) {
    return switch (segment.source()) {
      case SourceStep.TableScan scan -> {
        TableScanSource source =
            new TableScanSource(
                scan,
                statement.access().snapshot().table(scan.tableId()),
                statement.parameters(),
                new ScanHints(UsedFields.of(segment), keyFilters(scan, segment), top),
                statement.cancel());
        statement.access().reads().read(scan.tableId(), source.scope());
        yield source;
      }
      case SourceStep.MergeJoin join -> mergeJoin(segment, join);
      case SourceStep.SystemScan scan ->
          ConstantSources.systemTable(scan, statement.access().systemTables());
      case SourceStep.Receive receive -> statement.exchanges().receive(receive);
      case SourceStep.Values values ->
          ConstantSources.values(values, statement.parameters(), evaluator);
      case SourceStep.BufferScan scan when states.spilled(scan.stateId()).isPresent() ->
          states.spilled(scan.stateId()).get().source(scan.fields());
      case SourceStep.AggregateScan scan when states.spilled(scan.stateId()).isPresent() ->
          states.spilled(scan.stateId()).get().source(scan.fields());
      case SourceStep.JoinScan scan when states.spilled(scan.stateId()).isPresent() ->
          ((BuildSpill) states.spilled(scan.stateId()).get()).source(scan.fields(), scan.matched());
      case SourceStep.BufferScan scan ->
          new RowScanSource(
              ((RowBuffer) states.get(scan.stateId())).scan(), scan.fields(), scan.ordered());
      case SourceStep.JoinScan scan ->
          new RowScanSource(
              ((JoinTable) states.get(scan.stateId())).scan(scan.matched()), scan.fields(), false);
      case SourceStep.AggregateScan scan ->
          new RowScanSource(
              ((AggregateTable) states.get(scan.stateId())).scan(), scan.fields(), false);
    };
  }

  private BatchSource mergeJoin(Segment segment, SourceStep.MergeJoin join) {
    boolean[] used = UsedFields.of(segment);
    int split = join.outer().fields().size();
    return new MergeJoinSource(
        join,
        mergeInput(segment, join.outer(), join.outerKeys(), Arrays.copyOf(used, split)),
        mergeInput(
            segment, join.inner(), join.innerKeys(), Arrays.copyOfRange(used, split, used.length)),
        statement.cancel());
  }

  private MergeInput mergeInput(
      Segment segment, SourceStep.TableScan scan, int[] keys, boolean[] used) {
    for (int key : keys) {
      used[key] = true;
    }
    MergeInput input =
        new MergeInput(
            scan,
            statement.access().snapshot().table(scan.tableId()),
            keys,
            statement.parameters(),
            new ScanHints(used, keyFilters(scan, segment), Optional.empty()),
            states.budget());
    statement.access().reads().read(scan.tableId(), input.scope());
    return input;
  }

  /// A join on disk filters only what is looked up in the partition at hand.
  private List<KeyFilter> keyFilters(SourceStep.TableScan scan, Segment segment) {
    List<KeyFilter> filters = new ArrayList<>();
    for (SourceStep.JoinFilter filter : scan.joinFilters()) {
      if (states.spilled(filter.stateId()).isEmpty() || probes(segment, filter.stateId())) {
        ((JoinTable) states.get(filter.stateId()))
            .filter(filter.keyIndex())
            .ifPresent(keys -> filters.add(new KeyFilter(filter.field(), keys)));
      }
    }
    return filters;
  }

  private static boolean probes(Segment segment, int stateId) {
    return segment.transforms().stream()
        .anyMatch(t -> t instanceof TransformStep.Probe probe && probe.stateId() == stateId);
  }
}
