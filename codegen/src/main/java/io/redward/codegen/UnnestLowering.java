package io.redward.codegen;

import static io.redward.codegen.Codes.binary;
import static io.redward.codegen.Codes.call;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.foundation.types.Physical;
import io.redward.functions.json.SuperElements;
import io.redward.plan.step.TransformStep.Unnest;
import java.util.List;

/// Lowers [Unnest]: a loop over the elements of a SUPER value, which are handed on as slices of the
/// page that the value lies in.
final class UnnestLowering {
  private final ClassPlan plan;
  private final ExpressionLowering expressions;
  private final Step rest;

  UnnestLowering(ExpressionLowering expressions, ClassPlan plan, Step rest) {
    this.plan = plan;
    this.expressions = expressions;
    this.rest = rest;
  }

  /// Where the loop is: `place` is that of the element, `index` counts elements.
  private record Cursor(Value whole, Code limit, Variable place, Variable index) {}

  void lower(Unnest unnest, Row row, int fields, Scope scope) {
    Value whole = scope.stable("whole", expressions.lowerOnce(row, unnest.value(), scope));
    Code limit = scope.stable("limit", binary(Code.Operator.ADD, whole.offset(), whole.length()));
    Variable place = scope.out().declare(plan.name("place"), Code.of(SuperElements.NONE));
    Variable index = scope.out().declare(plan.name("index"), Code.of(0L));
    Scope present = scope.inner();
    String first = unnest.elements() == Unnest.Elements.ARRAY ? "first" : "firstMember";
    Code at = elements(first, int.class, whole.page(), whole.offset(), whole.length());
    present.out().assign(place, at);
    scope.out().when(Codes.not(whole.isNull()), present.block());
    Cursor cursor = new Cursor(whole, limit, place, index);
    if (unnest.outer()) {
      outer(unnest, cursor, row, fields, scope);
    } else {
      Scope body = scope.inner();
      body.out().add(round(unnest, cursor, Code.FALSE, row, fields, body));
      scope.out().add(new Statement.While(here(place), body.block()));
    }
  }

  /// Goes round once more than there are elements if there are none.
  private void outer(Unnest unnest, Cursor cursor, Row row, int fields, Scope scope) {
    Variable more = scope.out().declare(plan.name("more"), Code.TRUE);
    Scope body = scope.inner();
    Code absent = body.stable("absent", Codes.not(here(cursor.place())));
    body.out().add(round(unnest, cursor, absent, row, fields, body));
    body.out().assign(more, here(cursor.place()));
    scope.out().add(new Statement.While(more.read(), body.block()));
  }

  private static Code here(Variable place) {
    return Codes.compare(Code.Relation.GREATER_OR_EQUAL, place.read(), Code.of(0));
  }

  private static Code elements(String method, Class<?> type, Code... arguments) {
    return call(SuperElements.class, method, type, arguments);
  }

  /// The element's fields, what comes of the row, and the step to the next element.
  private Statement round(
      Unnest unnest, Cursor cursor, Code absent, Row row, int fields, Scope around) {
    Scope scope = around.inner();
    Code page = cursor.whole().page();
    Variable begin = scope.out().declare(plan.name("begin"), cursor.place().read());
    Variable end = scope.out().declare(plan.name("end"), begin.read());
    Value key;
    if (unnest.elements() == Unnest.Elements.ARRAY) {
      Code indexed = elements("isIndexed", boolean.class, page, cursor.whole().offset());
      Code noIndex = scope.stable("noIndex", Codes.or(absent, Codes.not(indexed)));
      Variable at = scope.out().declare(plan.name("at"), cursor.index().read());
      key = new Value(Physical.LONG, noIndex, List.of(at.read()));
    } else {
      Variable name = scope.out().declare(plan.name("name"), begin.read());
      Scope found = scope.inner();
      Variable nameEnd =
          found
              .out()
              .declare(plan.name("nameEnd"), elements("nameEnd", int.class, page, name.read()));
      found.out().assign(begin, binary(Code.Operator.ADD, nameEnd.read(), Code.of(1)));
      scope.out().when(Codes.not(absent), found.block());
      Code length =
          binary(
              Code.Operator.SUBTRACT,
              binary(Code.Operator.SUBTRACT, begin.read(), name.read()),
              Code.of(1));
      Variable nameLength = scope.out().declare(plan.name("nameLength"), length);
      key = new Value(Physical.BYTES, absent, List.of(page, name.read(), nameLength.read()));
    }
    Scope advance = scope.inner();
    advance.out().assign(end, elements("end", int.class, page, begin.read(), cursor.limit()));
    advance
        .out()
        .assign(cursor.place(), elements("next", int.class, page, end.read(), cursor.limit()));
    scope.out().when(Codes.not(absent), advance.block());
    scope
        .out()
        .assign(cursor.index(), binary(Code.Operator.ADD, cursor.index().read(), Code.of(1L)));
    Code length = scope.stable("length", binary(Code.Operator.SUBTRACT, end.read(), begin.read()));
    Value element = new Value(Physical.BYTES, absent, List.of(page, begin.read(), length));
    rest.accept(new Row.Extended(row, fields, List.of(element, key)), fields + 2, scope);
    return scope.block();
  }
}
