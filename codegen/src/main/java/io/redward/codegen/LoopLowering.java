package io.redward.codegen;

import static io.redward.codegen.Codes.binary;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.foundation.base.CancelToken;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import io.redward.plan.step.TransformStep.Expand;
import io.redward.plan.step.TransformStep.JoinKind;
import io.redward.plan.step.TransformStep.NestedLoop;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.segment.Cancellation;
import io.redward.runtime.segment.SegmentContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Lowers the transforms that yield a row several times whatever its values are: nested loops over
/// a buffer, and Expand.
final class LoopLowering {
  private final ClassPlan plan;
  private final ExpressionLowering expressions;
  private final Step rest;

  LoopLowering(ExpressionLowering expressions, ClassPlan plan, Step rest) {
    this.plan = plan;
    this.expressions = expressions;
    this.rest = rest;
  }

  /// A buffer's rows as bound fields, and the row a loop is at.
  private record Cursor(Code bytesPages, StoredRow stored, RowLayout layout) {
    Row joined(Row row, int fields, Code absent) {
      return new Row.Loaded(
          row,
          fields,
          (index, scope) -> stored.load(layout.slot(index), absent, bytesPages, scope));
    }
  }

  private Code bound(
      NestedLoop loop, String name, Class<?> type, Function<RowBuffer, Object> value) {
    return plan.single(
        name + loop.stateId(), type, c -> value.apply((RowBuffer) c.state(loop.stateId())));
  }

  private Cursor cursor(NestedLoop loop, RowLayout layout, Code position, Scope scope) {
    Code refs = bound(loop, "refs", int[].class, RowBuffer::refs);
    Code pages = bound(loop, "rowPages", long[][].class, buffer -> buffer.pages().pages());
    Code bytes = bound(loop, "bytesPages", byte[][].class, buffer -> buffer.arena().pages());
    int shift = RowPages.shift(layout.rowWords());
    Variable ref = scope.out().declare(plan.name("ref"), new Code.Element(refs, position));
    Code number = binary(Code.Operator.SHIFT_RIGHT_UNSIGNED, ref.read(), Code.of(shift));
    Variable page = scope.out().declare(plan.name("page"), new Code.Element(pages, number));
    Code inPage = binary(Code.Operator.AND, ref.read(), Code.of((1 << shift) - 1));
    Code word = binary(Code.Operator.MULTIPLY, inPage, Code.of(layout.rowWords()));
    Variable row = scope.out().declare(plan.name("row"), word);
    return new Cursor(bytes, new StoredRow(page.read(), row.read()), layout);
  }

  void nested(NestedLoop loop, List<Field> bufferFields, Row row, int fields, Scope scope) {
    RowLayout layout = RowBuffer.layout(bufferFields);
    Code from = bound(loop, "from", int.class, RowBuffer::from);
    Code to = bound(loop, "to", int.class, RowBuffer::to);
    Variable position = scope.out().declare(plan.name("at"), from);
    Variable found = scope.out().declare(plan.name("found"), Code.FALSE);
    Scope body = scope.inner();
    Code cancel = plan.single("cancel", CancelToken.class, SegmentContext::cancel);
    body.out()
        .add(
            new Statement.Run(
                Codes.call(Cancellation.class, "poll", void.class, cancel, position.read())));
    Cursor cursor = cursor(loop, layout, position.read(), body);
    Scope tested = body.inner();
    Row joined = cursor.joined(row, fields, Code.FALSE);
    Code matches =
        loop.condition().map(c -> expressions.test(joined, c, true, tested)).orElse(Code.TRUE);
    Scope hit = tested.inner();
    boolean pairs = loop.kind() == JoinKind.INNER || loop.kind() == JoinKind.LEFT;
    Code searching = Codes.compare(Code.Relation.LESS, position.read(), to);
    if (pairs) {
      if (loop.kind() == JoinKind.LEFT) {
        hit.out().assign(found, Code.TRUE);
      }
      rest.accept(joined, fields + bufferFields.size(), hit);
    } else {
      hit.out().assign(found, Code.TRUE);
      searching = Codes.and(Codes.not(found.read()), searching);
    }
    tested.out().when(matches, hit.block());
    body.out().add(tested.block());
    body.out().assign(position, binary(Code.Operator.ADD, position.read(), Code.of(1)));
    scope.out().add(new Statement.While(searching, body.block()));
    afterLoop(loop, found, bufferFields, row, fields, scope);
  }

  private void afterLoop(
      NestedLoop loop, Variable found, List<Field> bufferFields, Row row, int fields, Scope scope) {
    Scope last = scope.inner();
    Code wanted =
        switch (loop.kind()) {
          case SEMI -> found.read();
          case LEFT, ANTI, NULL_AWARE_ANTI -> Codes.not(found.read());
          case INNER, RIGHT, FULL, MARK -> Code.FALSE;
        };
    if (wanted.equals(Code.FALSE)) {
      return;
    }
    if (loop.kind() == JoinKind.LEFT) {
      List<Value> nulls = new ArrayList<>();
      bufferFields.forEach(f -> nulls.add(expressions.constants().nullOf(f.physical())));
      Row extended = new Row.Extended(row, fields, nulls);
      rest.accept(extended, fields + bufferFields.size(), last);
    } else {
      rest.accept(row, fields, last);
    }
    scope.out().when(wanted, last.block());
  }

  /// One loop over the lists of expressions; each round sets the same variables.
  void expand(Expand expand, Row row, Scope scope) {
    Variable round = scope.out().declare(plan.name("round"), Code.of(0));
    Scope body = scope.inner();
    List<Value> values = new ArrayList<>();
    List<List<Variable>> variables = new ArrayList<>();
    List<Variable> nulls = new ArrayList<>();
    for (Field field : expand.fields()) {
      List<Variable> parts = body.declare("e", field.physical());
      Variable isNull = body.out().declare(plan.name("eNull"), Code.FALSE);
      variables.add(parts);
      nulls.add(isNull);
      Code absent = field.nullable() ? isNull.read() : Code.FALSE;
      values.add(new Value(field.physical(), absent, parts.stream().map(Variable::read).toList()));
    }
    for (int i = 0; i < expand.rows().size(); i++) {
      Scope chosen = body.inner();
      List<Expression> list = expand.rows().get(i);
      for (int field = 0; field < list.size(); field++) {
        Value value =
            expressions.lowerAs(
                row, list.get(field), expand.fields().get(field).physical(), chosen);
        chosen.assign(variables.get(field), value);
        chosen.out().assign(nulls.get(field), value.isNull());
      }
      body.out().when(Codes.compare(Code.Relation.EQUAL, round.read(), Code.of(i)), chosen.block());
    }
    rest.accept(new Row.Known(values), values.size(), body);
    body.out().assign(round, binary(Code.Operator.ADD, round.read(), Code.of(1)));
    Code more = Codes.compare(Code.Relation.LESS, round.read(), Code.of(expand.rows().size()));
    scope.out().add(new Statement.While(more, body.block()));
  }
}
