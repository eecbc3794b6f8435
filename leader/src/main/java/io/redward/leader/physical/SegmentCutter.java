package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Cuts a tree of operators into streams, segments and steps.
///
/// An operator that must see all its input before it yields a row (a hash table's build, an
/// aggregation, a sort, a window) ends a segment and starts another; all else becomes a step of the
/// segment at hand, so that a row passes through a whole chain of probes without being stored.
/// Where rows come from several segments (UNION ALL, an outer join that also scans its hash table),
/// the steps that follow are repeated in each of them, up to the common sink.
final class SegmentCutter {
  /// Joins are repeated in at most so many segments; beyond that the rows are stored first, since
  /// every copy of a step is compiled anew.
  private static final int MOST_COPIES = 2;

  /// Values worked out and aggregates over them that a segment may hold together; beyond that the
  /// method would be too long for the JVM, and the values are stored between.
  private static final int MOST_COMPUTED_AND_GROUPED = 40;

  /// Repetitions times fields of rows that a segment may repeat.
  private static final int MOST_EXPANDED_FIELDS = 60;

  private final SegmentGraph graph = new SegmentGraph();
  private final Map<Integer, SourceStep> sources = new HashMap<>();
  private final Map<Integer, PhysicalNode.HashJoin> joins = new HashMap<>();
  private final Map<Integer, List<Field>> built = new HashMap<>();
  private int nextState;

  private SegmentCutter(int nextState) {
    this.nextState = nextState;
  }

  /// @param output the query's fields
  /// @param places where they are in the root's row
  /// @param nextState an id above all those in the tree
  static PhysicalPlan cut(
      PhysicalNode root, StatementTarget target, List<Field> output, int[] places, int nextState) {
    SegmentCutter cutter = new SegmentCutter(nextState);
    cutter.collectJoins(root);
    cutter.finish(root, target, output, places);
    boolean returns = target instanceof StatementTarget.Client;
    return new PhysicalPlan(
        cutter.graph.streams(), returns ? output : List.of(), cutter.graph.parameters());
  }

  private void collectJoins(PhysicalNode node) {
    if (node instanceof PhysicalNode.HashJoin join) {
      joins.put(join.stateId(), join);
    }
    node.inputs().forEach(this::collectJoins);
  }

  private void finish(PhysicalNode root, StatementTarget target, List<Field> output, int[] places) {
    OptionalLong limit = OptionalLong.empty();
    long offset = 0;
    Flow pipeline;
    if (target instanceof StatementTarget.Client && root instanceof PhysicalNode.Limit top) {
      limit = top.limit();
      offset = top.offset();
      pipeline = pipeline(top.input());
    } else {
      pipeline = pipeline(root);
    }
    if (limit.isPresent() || offset > 0) {
      pipeline = stored(pipeline, 1);
    }
    pipeline = arranged(pipeline, output, places);
    end(pipeline, sink(target, output, limit, offset), label(target));
  }

  private static String label(StatementTarget target) {
    return switch (target) {
      case StatementTarget.Client _ -> "return";
      case StatementTarget.Insert insert -> "insert into " + insert.tableName();
      case StatementTarget.Delete delete -> "delete from " + delete.tableName();
      case StatementTarget.Update update -> "update " + update.tableName();
      case StatementTarget.Merge merge -> "merge into " + merge.rows().tableName();
    };
  }

  private static SinkStep sink(
      StatementTarget target, List<Field> output, OptionalLong limit, long offset) {
    return switch (target) {
      case StatementTarget.Client _ -> new SinkStep.Return(output, limit, offset);
      case StatementTarget.Insert insert ->
          new SinkStep.Insert(
              insert.tableId(),
              insert.tableName(),
              insert.columnIds(),
              insert.columns(),
              insert.identities(),
              insert.returns());
      case StatementTarget.Delete(long id, String name, boolean returns) ->
          new SinkStep.Delete(id, name, 0, returns);
      case StatementTarget.Update update ->
          new SinkStep.Update(
              update.tableId(),
              update.tableName(),
              0,
              update.columnIds(),
              update.columns(),
              update.returns());
      case StatementTarget.Merge(StatementTarget.Insert rows, SinkStep.Matched matched) ->
          new SinkStep.Merge(
              rows.tableId(),
              rows.tableName(),
              0,
              rows.columnIds(),
              rows.columns(),
              rows.identities(),
              matched,
              rows.returns());
    };
  }

  /// Brings the row into the order and form of `output`.
  private static Flow arranged(Flow pipeline, List<Field> output, int[] places) {
    List<Field> row = pipeline.fields();
    List<Expression> expressions = new ArrayList<>();
    boolean same = row.size() == output.size();
    for (int i = 0; i < output.size(); i++) {
      Expression value =
          Expressions.inForm(row.get(places[i]).at(places[i]), output.get(i).physical());
      same &= places[i] == i && value.physical() == row.get(i).physical();
      expressions.add(value);
    }
    return same ? pipeline : pipeline.then(new TransformStep.Project(expressions, output));
  }

  private Flow pipeline(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.SeqScan scan -> scan(scan);
      case PhysicalNode.SystemTableScan scan ->
          Flow.from(
              new SourceStep.SystemScan(
                  scan.table().schema(),
                  scan.table().name(),
                  scan.ordinals().stream().mapToInt(Integer::intValue).toArray(),
                  scan.fields()));
      case PhysicalNode.ValuesScan values ->
          Flow.from(new SourceStep.Values(values.tuples(), values.fields()));
      case PhysicalNode.Filter filter -> filtered(pipeline(filter.input()), filter.conditions());
      case PhysicalNode.Secured secured -> pipeline(secured.input());
      case PhysicalNode.Project project -> projected(project);
      case PhysicalNode.Expand expand -> expand(expand);
      case PhysicalNode.Unnest unnest ->
          pipeline(unnest.input())
              .then(
                  new TransformStep.Unnest(
                      unnest.value(), unnest.elements(), unnest.outer(), unnest.fields()));
      case PhysicalNode.HashJoin join -> hashJoin(join);
      case PhysicalNode.MergeJoin join -> mergeJoin(join);
      case PhysicalNode.NestedLoopJoin join -> nestedLoop(join);
      case PhysicalNode.Aggregate aggregate -> aggregate(aggregate);
      case PhysicalNode.Sort sort -> sort(sort);
      case PhysicalNode.Limit limit -> limit(limit);
      case PhysicalNode.Window window -> window(window);
      case PhysicalNode.Append append -> append(append);
      case PhysicalNode.Shared shared -> Flow.from(shared(shared));
    };
  }

  private SourceStep shared(PhysicalNode.Shared shared) {
    SourceStep known = sources.get(shared.stateId());
    if (known == null) {
      known = source(shared);
      sources.put(shared.stateId(), known);
    }
    return known;
  }

  /// Where shared rows are read from. Groups are kept in their aggregate table already.
  private SourceStep source(PhysicalNode.Shared shared) {
    Flow flow = pipeline(shared.input());
    Pipeline first = flow.pipelines().getFirst();
    if (flow.pipelines().size() == 1
        && first.transforms().isEmpty()
        && first.source() instanceof SourceStep.AggregateScan scan) {
      return scan;
    }
    end(flow, new SinkStep.Materialize(shared.stateId(), flow.fields()), "materialize");
    return new SourceStep.BufferScan(shared.stateId(), flow.fields(), false);
  }

  private Flow scan(PhysicalNode.SeqScan scan) {
    return filtered(Flow.from(tableScan(scan)), scan.filters());
  }

  private SourceStep.TableScan tableScan(PhysicalNode.SeqScan scan) {
    scan.joinFilters().forEach(filter -> build(filter.stateId()));
    return new SourceStep.TableScan(
        scan.table().tableId(),
        scan.table().name(),
        scan.columnIds().stream().mapToInt(Integer::intValue).toArray(),
        scan.fields(),
        scan.predicates(),
        scan.joinFilters(),
        scan.rowIds(),
        scan.table().distribution().placement(scan.tableRows()));
  }

  private Flow mergeJoin(PhysicalNode.MergeJoin join) {
    SourceStep.MergeJoin source =
        new SourceStep.MergeJoin(
            tableScan(join.outer()),
            tableScan(join.inner()),
            places(join.keys().probe()),
            places(join.keys().build()),
            join.method() == JoinMethod.LEFT,
            join.fields());
    List<Expression> conditions = new ArrayList<>(join.outer().filters());
    join.residual().ifPresent(residual -> conditions.addAll(Expressions.conjuncts(residual)));
    return filtered(Flow.from(source), conditions);
  }

  private static int[] places(List<Expression> columns) {
    return columns.stream().mapToInt(column -> ((FieldRef) column).index()).toArray();
  }

  private static Flow filtered(Flow pipeline, List<Expression> conditions) {
    return conditions.isEmpty()
        ? pipeline
        : pipeline.then(new TransformStep.Filter(Expressions.and(conditions), pipeline.fields()));
  }

  private Flow projected(PhysicalNode.Project project) {
    Flow pipeline = pipeline(project.input());
    List<TransformStep> steps =
        CommonExpressions.steps(project.expressions(), project.fields(), pipeline.fields());
    for (TransformStep step : steps) {
      pipeline = pipeline.then(step);
    }
    return pipeline;
  }

  /// Cuts the build side of a join, unless that is done: a scan elsewhere may have asked for the
  /// hash table before the join itself is met.
  private List<Field> build(int stateId) {
    List<Field> known = built.get(stateId);
    if (known != null) {
      return known;
    }
    PhysicalNode.HashJoin join = joins.get(stateId);
    if (join == null) {
      throw new AssertionError("the build of state " + stateId + " waits for itself");
    }
    joins.remove(stateId);
    JoinMethod method = join.method();
    Flow build = pipeline(join.build());
    List<Field> buildRow = build.fields();
    List<Expression> payload = new ArrayList<>();
    List<Field> payloadFields = new ArrayList<>();
    for (int place : join.payload()) {
      payload.add(buildRow.get(place).at(place));
      payloadFields.add(buildRow.get(place));
    }
    end(
        build,
        new SinkStep.Build(
            stateId,
            join.keys().build(),
            join.keys().nullSafe(),
            payload,
            payloadFields,
            method.scansBuild(),
            keepsNullKeys(method)),
        "build");
    built.put(stateId, payloadFields);
    return payloadFields;
  }

  /// Repeats rows. What follows is compiled once a repetition, so that many repetitions of wide
  /// rows would make a method too long for the JVM: then each set becomes a segment of its own that
  /// reads the stored input.
  private Flow expand(PhysicalNode.Expand expand) {
    Flow input = pipeline(expand.input());
    List<Field> fields = expand.fields();
    if (expand.rowExpressions().size() * fields.size() <= MOST_EXPANDED_FIELDS) {
      return input.then(new TransformStep.Expand(expand.rowExpressions(), fields));
    }
    Flow stored = stored(input, 0);
    List<Pipeline> sets = new ArrayList<>();
    for (List<Expression> row : expand.rowExpressions()) {
      sets.addAll(stored.then(new TransformStep.Project(row, fields)).pipelines());
    }
    return new Flow(List.copyOf(sets), fields);
  }

  private Flow hashJoin(PhysicalNode.HashJoin join) {
    JoinMethod method = join.method();
    List<Field> payloadFields = build(join.stateId());
    Flow probe = stored(pipeline(join.probe()), method.scansBuild() ? 1 : MOST_COPIES);
    List<Field> probeFields =
        method.scansBuild() && !method.yieldsProbe() ? List.of() : join.fields();
    Flow probed =
        probe.then(
            new TransformStep.Probe(
                join.stateId(), method.kind(), join.keys().probe(), join.residual(), probeFields));
    return method.scansBuild() ? withBuildRows(join, probed, payloadFields) : probed;
  }

  private static boolean keepsNullKeys(JoinMethod method) {
    return switch (method) {
      case RIGHT, FULL, BUILD_ANTI -> true;
      case INNER, LEFT, SEMI, ANTI, NULL_AWARE_ANTI, BUILD_SEMI -> false;
    };
  }

  /// The probe's rows and after them the build rows that were matched, or were not.
  private Flow withBuildRows(PhysicalNode.HashJoin join, Flow probed, List<Field> payload) {
    JoinMethod method = join.method();
    Flow left =
        Flow.from(
            new SourceStep.JoinScan(join.stateId(), method == JoinMethod.BUILD_SEMI, payload));
    if (!method.yieldsProbe()) {
      end(probed, new SinkStep.Materialize(nextState++, List.of()), "mark");
      return left;
    }
    List<Field> fields = join.fields();
    List<Expression> row = new ArrayList<>();
    int probeWidth = fields.size() - payload.size();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      row.add(
          i < probeWidth
              ? Expressions.nullOf(field.type(), field.physical())
              : payload.get(i - probeWidth).at(i - probeWidth));
    }
    return probed.and(left.then(new TransformStep.Project(row, fields)), fields);
  }

  /// The rows by way of a buffer if they come from more than `most` segments.
  private Flow stored(Flow flow, int most) {
    if (flow.pipelines().size() <= most) {
      return flow;
    }
    int buffer = nextState++;
    end(flow, new SinkStep.Materialize(buffer, flow.fields()), "materialize");
    return Flow.from(new SourceStep.BufferScan(buffer, flow.fields(), false));
  }

  private Flow nestedLoop(PhysicalNode.NestedLoopJoin join) {
    Flow inner = pipeline(join.inner());
    end(inner, new SinkStep.Materialize(join.stateId(), inner.fields()), "materialize");
    return stored(pipeline(join.outer()), MOST_COPIES)
        .then(
            new TransformStep.NestedLoop(
                join.stateId(), join.method().kind(), join.condition(), join.fields()));
  }

  private Flow aggregate(PhysicalNode.Aggregate aggregate) {
    Flow input = pipeline(aggregate.input());
    List<Field> fields = aggregate.fields();
    if (aggregate.calls().size() + computed(input) > MOST_COMPUTED_AND_GROUPED) {
      input = stored(input, 0);
    }
    end(
        input,
        new SinkStep.Aggregate(
            aggregate.stateId(), aggregate.keys(), aggregate.calls(), fields, aggregate.sorted()),
        "aggregate");
    return Flow.from(new SourceStep.AggregateScan(aggregate.stateId(), fields));
  }

  /// How many values the flow's projections work out for a row.
  private static int computed(Flow flow) {
    int count = 0;
    for (TransformStep step : flow.pipelines().getFirst().transforms()) {
      if (step instanceof TransformStep.Project project) {
        count += (int) project.expressions().stream().filter(e -> !(e instanceof FieldRef)).count();
      }
    }
    return count;
  }

  private Flow sort(PhysicalNode.Sort sort) {
    Flow input = pipeline(sort.input());
    List<Field> fields = input.fields();
    end(
        input,
        new SinkStep.Sort(sort.stateId(), sort.keys(), sort.limit(), sort.offset(), fields),
        "sort");
    return Flow.from(new SourceStep.BufferScan(sort.stateId(), fields, true));
  }

  private Flow limit(PhysicalNode.Limit limit) {
    Flow input = pipeline(limit.input());
    List<Field> fields = input.fields();
    end(
        input,
        new SinkStep.Sort(limit.stateId(), List.of(), limit.limit(), limit.offset(), fields),
        "limit");
    return Flow.from(new SourceStep.BufferScan(limit.stateId(), fields, false));
  }

  private Flow window(PhysicalNode.Window window) {
    Flow input = pipeline(window.input());
    List<Field> fields = window.fields();
    end(
        input,
        new SinkStep.Window(
            window.stateId(), window.partitionBy(), window.orderBy(), window.calls(), fields),
        "window");
    return Flow.from(new SourceStep.BufferScan(window.stateId(), fields, false));
  }

  private Flow append(PhysicalNode.Append append) {
    Flow all = pipeline(append.inputs().getFirst());
    for (PhysicalNode input : append.inputs().subList(1, append.inputs().size())) {
      all = all.and(pipeline(input), append.fields());
    }
    return all;
  }

  private void end(Flow flow, SinkStep sink, String label) {
    flow.pipelines().forEach(pipeline -> graph.add(pipeline, sink, label));
  }
}
