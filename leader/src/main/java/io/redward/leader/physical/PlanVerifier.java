package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Checks what code generation and execution rely on:
///
/// 1. a state is filled in an earlier stream than it is read, and always by sinks of one kind;
/// 2. every field reference is within the row it sees, and has that field's type and form;
/// 3. keys of a probe have the forms of the keys of its build; a scanned state has the fields it
///    was filled with;
/// 4. conditions are BOOLEAN.
final class PlanVerifier {
  private final Map<Integer, SinkStep> states = new HashMap<>();

  private PlanVerifier() {}

  /// @throws AssertionError naming the segment and what is wrong with it
  static void verify(PhysicalPlan plan) {
    PlanVerifier verifier = new PlanVerifier();
    for (Stream stream : plan.streams()) {
      stream.segments().forEach(verifier::segment);
      for (Segment segment : stream.segments()) {
        int state = segment.sink().filledState();
        if (state >= 0) {
          SinkStep before = verifier.states.putIfAbsent(state, segment.sink());
          check(
              before == null || before.getClass() == segment.sink().getClass(),
              segment,
              "state " + state + " is filled by sinks of two kinds");
        }
      }
    }
  }

  private static void check(boolean holds, Segment segment, String what) {
    if (!holds) {
      throw new AssertionError("segment " + segment.id() + ": " + what);
    }
  }

  private void segment(Segment segment) {
    for (int state : segment.readStates()) {
      check(states.containsKey(state), segment, "reads state " + state + " before it is filled");
    }
    source(segment);
    List<Field> row = segment.source().fields();
    for (TransformStep step : segment.transforms()) {
      transform(segment, step, row);
      row = step.fields();
    }
    sink(segment, row);
  }

  private void source(Segment segment) {
    List<Field> fields = segment.source().fields();
    switch (segment.source()) {
      case SourceStep.TableScan scan -> tableScan(segment, scan);
      case SourceStep.MergeJoin join -> {
        tableScan(segment, join.outer());
        tableScan(segment, join.inner());
        int outer = join.outer().fields().size();
        check(
            fields.size() == outer + join.inner().fields().size(),
            segment,
            "not the pair's fields");
        sameFields(segment, join.outer().fields(), fields.subList(0, outer));
      }
      case SourceStep.Values values ->
          values.rows().forEach(row -> rowOf(segment, row, fields, List.of()));
      case SourceStep.AggregateScan scan -> {
        SinkStep.Aggregate state = (SinkStep.Aggregate) state(scan.stateId());
        sameFields(segment, state.fields(), fields);
      }
      case SourceStep.BufferScan scan -> sameFields(segment, bufferFields(scan.stateId()), fields);
      case SourceStep.JoinScan scan -> {
        SinkStep.Build state = (SinkStep.Build) state(scan.stateId());
        sameFields(segment, state.fields(), fields);
        check(state.marks(), segment, "scans marks of a build without marks");
      }
      case SourceStep.Receive receive -> {
        for (int column : receive.columns()) {
          inRow(segment, column, fields);
        }
      }
      case SourceStep.SystemScan scan ->
          check(scan.columns().length == fields.size(), segment, "columns and fields differ");
    }
  }

  private void tableScan(Segment segment, SourceStep.TableScan scan) {
    List<Field> fields = scan.fields();
    int ids = scan.columnIds().length + (scan.rowIds() ? 1 : 0);
    check(ids == fields.size(), segment, "column ids and fields differ in number");
    for (SourceStep.ScanPredicate predicate : scan.predicates()) {
      Field field = fields.get(predicate.field());
      if (predicate instanceof SourceStep.ScanPredicate.Compare compare) {
        check(
            compare.value().physical() == field.physical()
                && compare.value().type().scale() == field.type().scale(),
            segment,
            "predicate on " + field.name() + " has another form");
      }
    }
    for (SourceStep.JoinFilter filter : scan.joinFilters()) {
      SinkStep.Build build = (SinkStep.Build) state(filter.stateId());
      Expression key = build.keys().get(filter.keyIndex());
      sameForm(segment, fields.get(filter.field()).at(filter.field()), key, "join filter");
    }
  }

  private SinkStep state(int id) {
    return Objects.requireNonNull(states.get(id), "an unknown state");
  }

  private List<Field> bufferFields(int state) {
    return switch (states.get(state)) {
      case SinkStep.Materialize buffer -> buffer.fields();
      case SinkStep.Sort sort -> sort.fields();
      case SinkStep.Window window -> window.fields();
      case null, default -> throw new AssertionError("state " + state + " is not a buffer");
    };
  }

  private void transform(Segment segment, TransformStep step, List<Field> row) {
    switch (step) {
      case TransformStep.Filter filter -> {
        condition(segment, filter.condition(), row);
        sameFields(segment, row, filter.fields());
      }
      case TransformStep.Project project ->
          rowOf(segment, project.expressions(), project.fields(), row);
      case TransformStep.Expand expand ->
          expand.rows().forEach(r -> rowOf(segment, r, expand.fields(), row));
      case TransformStep.Unnest unnest -> {
        expression(segment, unnest.value(), row);
        check(unnest.fields().size() == row.size() + 2, segment, "unnest adds two fields");
      }
      case TransformStep.Probe probe -> probe(segment, probe, row);
      case TransformStep.NestedLoop loop -> {
        List<Field> pair = new ArrayList<>(row);
        pair.addAll(bufferFields(loop.stateId()));
        loop.condition().ifPresent(c -> condition(segment, c, pair));
      }
    }
  }

  private void probe(Segment segment, TransformStep.Probe probe, List<Field> row) {
    SinkStep.Build build = (SinkStep.Build) state(probe.stateId());
    check(build.keys().size() == probe.keys().size(), segment, "probe and build keys differ");
    for (int i = 0; i < probe.keys().size(); i++) {
      expression(segment, probe.keys().get(i), row);
      sameForm(segment, probe.keys().get(i), build.keys().get(i), "probe key " + i);
    }
    List<Field> pair = new ArrayList<>(row);
    pair.addAll(build.fields());
    probe.residual().ifPresent(r -> condition(segment, r, pair));
    int yielded =
        switch (probe.kind()) {
          case INNER, LEFT, RIGHT, FULL -> pair.size();
          case SEMI, ANTI, NULL_AWARE_ANTI -> row.size();
          case MARK -> 0;
        };
    check(probe.fields().size() == yielded, segment, "probe yields a row of another width");
  }

  private void sink(Segment segment, List<Field> row) {
    switch (segment.sink()) {
      case SinkStep.Build build -> {
        build.keys().forEach(key -> expression(segment, key, row));
        rowOf(segment, build.payload(), build.fields(), row);
      }
      case SinkStep.Aggregate aggregate -> {
        StepExpressions.of(aggregate).forEach(e -> expression(segment, e, row));
        for (SinkStep.AggregateCall call : aggregate.calls()) {
          call.filter().ifPresent(f -> condition(segment, f, row));
          keys(segment, call.orderBy(), row);
        }
        int fields = aggregate.keys().size() + aggregate.calls().size();
        check(fields == aggregate.fields().size(), segment, "aggregate fields differ in number");
      }
      case SinkStep.Materialize buffer -> sameFields(segment, row, buffer.fields());
      case SinkStep.Sort sort -> {
        keys(segment, sort.keys(), row);
        sameFields(segment, row, sort.fields());
      }
      case SinkStep.Window window -> {
        keys(segment, window.orderBy(), row);
        window.calls().forEach(c -> c.arguments().forEach(a -> inRow(segment, a, row)));
        check(
            window.fields().size() == row.size() + window.calls().size(),
            segment,
            "window fields differ in number");
      }
      case SinkStep.Return answer -> sameFields(segment, row, answer.fields());
      case SinkStep.Send send -> sameFields(segment, row, send.fields());
      case SinkStep.Insert insert -> written(segment, row, insert.fields(), insert.returns());
      case SinkStep.Delete delete -> inRow(segment, delete.rowId(), row);
      case SinkStep.Update update -> {
        inRow(segment, update.rowId(), row);
        written(segment, row.subList(1, row.size()), update.fields(), update.returns());
      }
      case SinkStep.Merge merge -> {
        inRow(segment, merge.rowId(), row);
        written(segment, row.subList(1, row.size()), merge.fields(), merge.returns());
      }
    }
  }

  /// What is written stands in front; what is only returned may follow.
  private static void written(
      Segment segment, List<Field> row, List<Field> fields, boolean returns) {
    boolean more = returns && row.size() > fields.size();
    sameFields(segment, more ? row.subList(0, fields.size()) : row, fields);
  }

  private static void keys(Segment segment, List<SortKey> keys, List<Field> row) {
    keys.forEach(key -> inRow(segment, key.field(), row));
  }

  private static void inRow(Segment segment, int field, List<Field> row) {
    check(field >= 0 && field < row.size(), segment, "field " + field + " is not in the row");
  }

  private static void condition(Segment segment, Expression condition, List<Field> row) {
    check(condition.type().kind() == TypeKind.BOOLEAN, segment, "condition is not boolean");
    expression(segment, condition, row);
  }

  private static void rowOf(
      Segment segment, List<Expression> values, List<Field> fields, List<Field> row) {
    check(values.size() == fields.size(), segment, "values and fields differ in number");
    for (int i = 0; i < values.size(); i++) {
      expression(segment, values.get(i), row);
      check(
          values.get(i).physical() == fields.get(i).physical(),
          segment,
          "field " + fields.get(i).name() + " has another form than its value");
    }
  }

  private static void expression(Segment segment, Expression expression, List<Field> row) {
    if (expression instanceof FieldRef field) {
      inRow(segment, field.index(), row);
      Field seen = row.get(field.index());
      check(
          seen.physical() == field.physical() && seen.type().scale() == field.type().scale(),
          segment,
          "reference to " + seen.name() + " has another form");
    }
    expression.children().forEach(child -> expression(segment, child, row));
  }

  private static void sameForm(Segment segment, Expression a, Expression b, String what) {
    boolean scaled = a.physical() == Physical.LONG || a.physical() == Physical.INT128;
    check(
        a.physical() == b.physical() && (!scaled || a.type().scale() == b.type().scale()),
        segment,
        what + " differs in form");
  }

  private static void sameFields(Segment segment, List<Field> from, List<Field> to) {
    check(from.size() == to.size(), segment, "rows differ in width");
    for (int i = 0; i < from.size(); i++) {
      check(
          from.get(i).physical() == to.get(i).physical(),
          segment,
          "field " + from.get(i).name() + " changes its form");
    }
  }
}
