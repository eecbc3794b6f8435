package io.redward.codegen;

import static io.redward.codegen.Codes.binary;
import static io.redward.codegen.Codes.member;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Code.Operator;
import io.redward.codegen.dsl.GeneratedClass;
import io.redward.codegen.dsl.GeneratedMethod;
import io.redward.codegen.dsl.Outliner;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.foundation.batch.Batch;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Logical;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import io.redward.runtime.aggregate.AggregateLayout;
import io.redward.runtime.join.JoinLayout;
import java.util.ArrayList;
import java.util.List;

/// Lowers a segment to a class: one method `process` with one loop over the rows of a batch, in
/// which each row runs through the transforms to the sink.
final class SegmentLowering {
  private final Segment segment;
  private final StateSinks sinks;
  private final ClassPlan plan = new ClassPlan();
  private final ExpressionLowering expressions;
  private final Scope before = Scope.outermost(plan);
  private final Scope after = Scope.outermost(plan);

  private SegmentLowering(PhysicalPlan whole, Segment segment, FunctionLibrary library) {
    this.segment = segment;
    sinks = new StateSinks(whole);
    expressions = new ExpressionLowering(plan, library);
  }

  /// A class to be, and what its fields are to be bound to.
  record Lowered(GeneratedClass generated, List<FieldValue> values, boolean writesOutput) {}

  static Lowered lower(PhysicalPlan whole, Segment segment, FunctionLibrary library) {
    return new SegmentLowering(whole, segment, library).lower();
  }

  private Lowered lower() {
    Variable batch = new Variable("batch", Batch.class);
    Variable count =
        before.out().declare(plan.name("count"), member(batch.read(), "selectedCount", int.class));
    Variable dense =
        before.out().declare(plan.name("dense"), member(batch.read(), "dense", boolean.class));
    Variable selection =
        before
            .out()
            .declare(plan.name("selection"), member(batch.read(), "selection", int[].class));
    Variable index = new Variable(plan.name("i"), int.class);
    Scope loop = before.inner();
    Code selected = new Code.Element(selection.read(), index.read());
    Variable at =
        loop.out().declare(plan.name("at"), new Code.Choose(dense.read(), index.read(), selected));
    List<Field> fields = segment.source().fields();
    BatchRow source =
        new BatchRow(
            before,
            batch.read(),
            at.read(),
            fields,
            segment.source() instanceof SourceStep.TableScan);
    Row row = new Row.Loaded(new Row.Known(List.of()), 0, source);
    step(0, row, fields.size(), loop);
    loop.out().assign(index, binary(Operator.ADD, index.read(), Code.of(1)));
    before.out().assign(index, Code.of(0));
    before
        .out()
        .add(
            new Statement.While(
                Codes.compare(Code.Relation.LESS, index.read(), count.read()), loop.block()));
    before.out().add(after.block());
    GeneratedMethod process =
        new GeneratedMethod("process", List.of(batch), void.class, before.block(), true);
    Outliner.Outlined outlined = Outliner.outline(process);
    GeneratedClass generated =
        new GeneratedClass(
            "Segment" + segment.id(), plan.fields(), outlined.shared(), outlined.methods());
    return new Lowered(generated, plan.values(), writesOutput());
  }

  private boolean writesOutput() {
    return switch (segment.sink()) {
      case SinkStep.Return _,
          SinkStep.Send _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ ->
          true;
      case SinkStep.Build _,
          SinkStep.Aggregate _,
          SinkStep.Materialize _,
          SinkStep.Sort _,
          SinkStep.Window _ ->
          false;
    };
  }

  private void step(int index, Row row, int fields, Scope scope) {
    if (index == segment.transforms().size()) {
      sink(row, scope);
      return;
    }
    TransformStep transform = segment.transforms().get(index);
    Step rest = (next, count, inner) -> region(index + 1, next, count, inner);
    switch (transform) {
      case TransformStep.Filter(Expression condition, _) ->
          filter(conjuncts(condition), index, row, fields, scope);
      case TransformStep.Project(List<Expression> list, _) ->
          step(index + 1, projected(row, list, scope), list.size(), scope);
      case TransformStep.Unnest unnest ->
          new UnnestLowering(expressions, plan, rest).lower(unnest, row, fields, scope);
      case TransformStep.Expand expand ->
          new LoopLowering(expressions, plan, rest).expand(expand, row, scope);
      case TransformStep.Probe probe -> {
        JoinLayout layout = JoinLayout.of(sinks.build(probe.stateId()));
        new ProbeLowering(expressions, plan, probe, layout, rest).lower(row, fields, scope);
      }
      case TransformStep.NestedLoop loop ->
          new LoopLowering(expressions, plan, rest)
              .nested(loop, sinks.buffer(loop.stateId()), row, fields, scope);
    }
  }

  /// What may answer differently each time is computed here, once a row, whoever reads it where.
  private Row projected(Row row, List<Expression> list, Scope scope) {
    Row projected = new Row.Projected(row, list, expressions);
    for (int field = 0; field < list.size(); field++) {
      if (expressions.isVolatile(list.get(field))) {
        projected.field(field, scope);
      }
    }
    return projected;
  }

  /// The rest of the segment as a piece that may become a method of its own.
  private void region(int index, Row row, int fields, Scope scope) {
    Scope inner = scope.inner();
    step(index, row, fields, inner);
    scope.out().add(new Statement.Region("rest" + index, inner.block()));
  }

  private static List<Expression> conjuncts(Expression condition) {
    List<Expression> list = new ArrayList<>();
    if (condition instanceof Logical(Logical.Operator operator, List<Expression> operands)
        && operator == Logical.Operator.AND) {
      operands.forEach(operand -> list.addAll(conjuncts(operand)));
    } else {
      list.add(condition);
    }
    return list;
  }

  /// One `if` within the other, so that what a later condition needs is computed only if the
  /// earlier ones hold.
  private void filter(List<Expression> conditions, int index, Row row, int fields, Scope scope) {
    if (conditions.isEmpty()) {
      step(index + 1, row, fields, scope);
      return;
    }
    Code holds = expressions.test(row, conditions.getFirst(), true, scope);
    Scope inner = scope.inner();
    filter(conditions.subList(1, conditions.size()), index, row, fields, inner);
    scope.out().when(holds, inner.block());
  }

  private void sink(Row row, Scope scope) {
    Code rows = new Code.Field("sinkRows", long.class);
    scope
        .out()
        .add(
            new Statement.SetField(
                "sinkRows", long.class, binary(Operator.ADD, rows, Code.of(1L))));
    StoreLowering store = new StoreLowering(expressions, plan);
    List<Field> input = segment.sinkInput();
    switch (segment.sink()) {
      case SinkStep.Build build -> store.build(build, sinks.build(build.stateId()), row, scope);
      case SinkStep.Aggregate aggregate -> {
        AggregateLayout layout = AggregateLayout.of(sinks.aggregate(aggregate.stateId()));
        AggregateLowering lowering =
            new AggregateLowering(expressions, plan, aggregate, layout, before);
        lowering.lower(row, straight(), scope);
        lowering.after(after);
      }
      case SinkStep.Materialize buffer ->
          store.buffer(buffer.stateId(), sinks.buffer(buffer.stateId()), input, row, scope);
      case SinkStep.Sort sort ->
          store.buffer(sort.stateId(), sinks.buffer(sort.stateId()), input, row, scope);
      case SinkStep.Window window ->
          store.buffer(window.stateId(), sinks.buffer(window.stateId()), input, row, scope);
      case SinkStep.Return _,
          SinkStep.Send _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ ->
          store.output(input, row, scope);
    }
  }

  /// Whether the sink sees each source row at most once.
  private boolean straight() {
    for (TransformStep transform : segment.transforms()) {
      boolean single =
          switch (transform) {
            case TransformStep.Filter _, TransformStep.Project _ -> true;
            case TransformStep.Expand _,
                TransformStep.Unnest _,
                TransformStep.Probe _,
                TransformStep.NestedLoop _ ->
                false;
          };
      if (!single) {
        return false;
      }
    }
    return true;
  }
}
