package io.redward.cluster.scaling;

import io.redward.compute.scan.TableScanSource;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.spi.StatementAccess;
import java.util.ArrayList;
import java.util.List;

/// What a plan reads.
///
/// @param systemTables whether rows come from the leader
/// @param writes whether it changes rows, or names them to be changed
record PlanReads(List<SourceStep.TableScan> scans, boolean systemTables, boolean writes) {
  static PlanReads of(PhysicalPlan plan) {
    List<SourceStep.TableScan> scans = new ArrayList<>();
    boolean systemTables = false;
    boolean writes = false;
    for (Stream stream : plan.streams()) {
      for (Segment segment : stream.segments()) {
        switch (segment.source()) {
          case SourceStep.TableScan scan -> scans.add(scan);
          case SourceStep.MergeJoin join -> {
            scans.add(join.outer());
            scans.add(join.inner());
          }
          case SourceStep.SystemScan _ -> systemTables = true;
          case SourceStep.Values _,
              SourceStep.AggregateScan _,
              SourceStep.BufferScan _,
              SourceStep.JoinScan _,
              SourceStep.Receive _ -> {}
        }
        writes |=
            switch (segment.sink()) {
              case SinkStep.Insert _, SinkStep.Delete _, SinkStep.Update _, SinkStep.Merge _ ->
                  true;
              case SinkStep.Build _,
                  SinkStep.Aggregate _,
                  SinkStep.Materialize _,
                  SinkStep.Sort _,
                  SinkStep.Window _,
                  SinkStep.Return _,
                  SinkStep.Send _ ->
                  false;
            };
      }
    }
    writes |= scans.stream().anyMatch(SourceStep.TableScan::rowIds);
    return new PlanReads(scans, systemTables, writes);
  }

  /// Tells the transaction what was read elsewhere.
  void note(StatementAccess access, List<Constant> parameters) {
    for (SourceStep.TableScan scan : scans) {
      access.reads().read(scan.tableId(), TableScanSource.scope(scan, parameters));
    }
  }
}
