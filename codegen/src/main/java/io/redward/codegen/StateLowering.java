package io.redward.codegen;

import static io.redward.codegen.Codes.binary;
import static io.redward.codegen.Codes.call;
import static io.redward.codegen.Codes.toLong;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Code.Operator;
import io.redward.codegen.dsl.Code.Relation;
import io.redward.codegen.dsl.Statement;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.SinkStep.AggregateCall;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.aggregate.AggregateLayout;
import io.redward.runtime.aggregate.AggregateLayout.State;
import io.redward.runtime.aggregate.AggregateStates;
import io.redward.runtime.aggregate.Collector;
import io.redward.runtime.aggregate.StateKind;
import io.redward.runtime.aggregate.WideSums;
import io.redward.runtime.number.DecimalMath;
import io.redward.runtime.number.DoubleMath;
import io.redward.runtime.number.IntegerMath;
import io.redward.runtime.number.WideMath;
import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowWriter;
import java.util.ArrayList;
import java.util.List;

/// Lowers the updates of aggregate states by one row.
final class StateLowering {
  private final ClassPlan plan;
  private final ExpressionLowering expressions;
  private final AggregateLayout layout;
  private final Code groups;

  StateLowering(
      ExpressionLowering expressions, ClassPlan plan, AggregateLayout layout, Code groups) {
    this.plan = plan;
    this.expressions = expressions;
    this.layout = layout;
    this.groups = groups;
  }

  /// @param whole whether the code must stay in one method
  void update(List<AggregateCall> calls, Row row, StateAccess access, Scope scope, boolean whole) {
    for (int i = 0; i < calls.size(); i++) {
      State state = layout.states().get(i);
      AggregateCall call = calls.get(i);
      Scope counted = scope.inner();
      List<Value> arguments = arguments(call, row, call.filter().isPresent() ? counted : scope);
      Code absent = arguments.isEmpty() ? Code.FALSE : arguments.getLast().isNull();
      Scope body = counted.inner();
      if (state.kind() == StateKind.SINGLE) {
        counted.out().add(countSingle(state, access));
      }
      update(state, i, call, row, arguments, access, body);
      counted.out().when(Codes.not(absent), body.block());
      add(call, row, counted, scope, whole, i);
    }
  }

  private void add(
      AggregateCall call, Row row, Scope counted, Scope scope, boolean whole, int index) {
    Statement.Block block = counted.block();
    if (call.filter().isPresent()) {
      Scope guard = scope.inner();
      Code wanted = expressions.test(row, call.filter().get(), true, guard);
      guard.out().when(wanted, block);
      block = guard.block();
    }
    scope.out().add(whole ? block : new Statement.Region("update" + index, block));
  }

  private Statement countSingle(State state, StateAccess access) {
    StoredRow stored = access.stored();
    return run(
        AggregateStates.class,
        "countSingle",
        stored.page(),
        Codes.add(stored.row(), Code.of(state.extra())));
  }

  private static Statement run(Class<?> owner, String name, Code... arguments) {
    return new Statement.Run(call(owner, name, void.class, arguments));
  }

  /// The arguments; the value that must not be NULL is the last.
  private List<Value> arguments(AggregateCall call, Row row, Scope scope) {
    List<Value> values = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      values.add(expressions.lowerOnce(row, argument, scope));
    }
    boolean hasOption =
        switch (call.function()) {
          case LISTAGG, PERCENTILE_CONT, PERCENTILE_DISC -> values.size() == 2;
          default -> false;
        };
    return hasOption ? List.of(values.get(1), values.get(0)) : values;
  }

  private void update(
      State state,
      int index,
      AggregateCall call,
      Row row,
      List<Value> arguments,
      StateAccess access,
      Scope scope) {
    Slot slot = state.value();
    int word = slot.word();
    switch (state.kind()) {
      case COUNT -> access.set(word, binary(Operator.ADD, access.get(word), Code.of(1L)), scope);
      case SUM_LONG -> {
        Class<?> owner =
            call.result().type().kind() == TypeKind.DECIMAL ? DecimalMath.class : IntegerMath.class;
        Value value = arguments.getLast();
        Code sum = call(owner, "add", long.class, access.get(word), toLong(value.part()));
        access.set(word, sum, scope);
      }
      case SUM_WIDE -> addWide(arguments.getLast(), word, access, scope);
      case SUM_DOUBLE -> addDouble(arguments.getLast(), word, access, scope);
      case AVG_WIDE -> {
        addWide(arguments.getLast(), state.extra(), access, scope);
        increment(state.extra() + 2, access, scope);
      }
      case AVG_DOUBLE -> {
        addDouble(arguments.getLast(), state.extra(), access, scope);
        increment(state.extra() + 1, access, scope);
      }
      case MIN -> extreme(slot, arguments.getLast(), false, access, scope);
      case MAX -> extreme(slot, arguments.getLast(), true, access, scope);
      case FIRST, SINGLE -> first(slot, arguments.getLast(), access, scope);
      case AND -> bits(Operator.AND, word, arguments.getLast(), access, scope);
      case OR -> bits(Operator.OR, word, arguments.getLast(), access, scope);
      case MOMENTS -> {
        StoredRow stored = access.stored();
        Code place = Codes.add(stored.row(), Code.of(state.extra()));
        Code number = number(call.arguments().getLast().type(), arguments.getLast());
        scope.out().add(run(AggregateStates.class, "addMoments", stored.page(), place, number));
      }
      case COLLECT -> collect(index, call, row, arguments, access, scope);
    }
    if (slot.nullable()) {
      Code nulls = access.get(slot.nullWord());
      Code cleared = binary(Operator.AND, nulls, Code.of(~slot.nullMask()));
      access.set(slot.nullWord(), cleared, scope);
    }
  }

  private static void increment(int word, StateAccess access, Scope scope) {
    access.set(word, binary(Operator.ADD, access.get(word), Code.of(1L)), scope);
  }

  /// Adds to a 128-bit sum in words `word` and `word + 1`; see
  /// [io.redward.runtime.aggregate.WideSums].
  private static void addWide(Value value, int word, StateAccess access, Scope scope) {
    boolean wide = value.physical() == Physical.INT128;
    Code low = scope.stable("addend", wide ? value.low() : toLong(value.part()));
    Code before = scope.stable("before", access.get(word + 1));
    Code sum = scope.stable("sum", binary(Operator.ADD, before, low));
    if (wide) {
      Code rest = call(WideSums.class, "rest", long.class, value.high(), low);
      access.set(word, call(WideSums.class, "addHigh", long.class, access.get(word), rest), scope);
    }
    Code overflow =
        binary(Operator.AND, binary(Operator.XOR, before, sum), binary(Operator.XOR, low, sum));
    Scope spill = scope.inner();
    Code carry = call(WideSums.class, "carry", long.class, low);
    access.set(word, binary(Operator.ADD, access.get(word), carry), spill);
    scope.out().when(Codes.compare(Relation.LESS, overflow, Code.of(0L)), spill.block());
    access.set(word + 1, sum, scope);
  }

  private static void addDouble(Value value, int word, StateAccess access, Scope scope) {
    Code sum = call(Double.class, "longBitsToDouble", double.class, access.get(word));
    Code total = binary(Operator.ADD, sum, value.part());
    access.set(word, StoredRow.doubleBits(total), scope);
  }

  private static void bits(
      Operator operator, int word, Value value, StateAccess access, Scope scope) {
    access.set(word, binary(operator, access.get(word), toLong(value.part())), scope);
  }

  private static Code number(SqlType type, Value value) {
    return switch (value.physical()) {
      case DOUBLE -> value.part();
      case INT, LONG ->
          call(
              DecimalMath.class,
              "toDouble",
              double.class,
              toLong(value.part()),
              Code.of(type.scale()));
      case INT128 ->
          call(
              WideMath.class,
              "toDouble",
              double.class,
              value.high(),
              value.low(),
              Code.of(type.scale()));
      case BYTES -> throw new IllegalStateException("a moment of strings");
    };
  }

  private void extreme(Slot slot, Value value, boolean max, StateAccess access, Scope scope) {
    int word = slot.word();
    StoredRow stored = access.stored();
    Code place = Codes.add(stored.row(), Code.of(word));
    switch (value.physical()) {
      case INT, LONG -> {
        Code candidate = toLong(value.part());
        access.set(
            word,
            call(Math.class, max ? "max" : "min", long.class, access.get(word), candidate),
            scope);
      }
      case DOUBLE -> {
        Code kept = call(Double.class, "longBitsToDouble", double.class, access.get(word));
        Code order = call(DoubleMath.class, "compare", int.class, value.part(), kept);
        Scope better = scope.inner();
        access.set(word, StoredRow.doubleBits(value.part()), better);
        scope
            .out()
            .when(
                Codes.compare(max ? Relation.GREATER : Relation.LESS, order, Code.of(0)),
                better.block());
      }
      case INT128 ->
          scope
              .out()
              .add(
                  run(
                      AggregateStates.class,
                      max ? "maxWide" : "minWide",
                      stored.page(),
                      place,
                      value.high(),
                      value.low()));
      case BYTES -> {
        Code empty =
            Codes.compare(
                Relation.NOT_EQUAL,
                binary(Operator.AND, access.get(slot.nullWord()), Code.of(slot.nullMask())),
                Code.of(0L));
        scope
            .out()
            .add(
                run(
                    AggregateStates.class,
                    "extremeBytes",
                    stored.page(),
                    place,
                    empty,
                    Code.of(max ? 1 : -1),
                    Codes.member(groups, "rows", RowWriter.class),
                    value.page(),
                    value.offset(),
                    value.length()));
      }
    }
  }

  /// Keeps the value; the first one only, where that is cheap to know.
  private void first(Slot slot, Value value, StateAccess access, Scope scope) {
    Scope body = scope.inner();
    int word = slot.word();
    switch (value.physical()) {
      case INT, LONG -> access.set(word, toLong(value.part()), body);
      case DOUBLE -> access.set(word, StoredRow.doubleBits(value.part()), body);
      case INT128 -> {
        access.set(word, value.high(), body);
        access.set(word + 1, value.low(), body);
      }
      case BYTES -> {
        Code writer = Codes.member(groups, "rows", RowWriter.class);
        Code append =
            Codes.invoke(writer, "append", long.class, value.parts().toArray(Code[]::new));
        access.set(word, append, body);
      }
    }
    Code wanted = Code.TRUE;
    if (slot.nullable()) {
      Code bit = binary(Operator.AND, access.get(slot.nullWord()), Code.of(slot.nullMask()));
      wanted = Codes.compare(Relation.NOT_EQUAL, bit, Code.of(0L));
    }
    scope.out().when(wanted, body.block());
  }

  private void collect(
      int index,
      AggregateCall call,
      Row row,
      List<Value> arguments,
      StateAccess access,
      Scope scope) {
    StoredRow stored = access.stored();
    Code collector =
        scope
            .out()
            .declare(
                plan.name("collector"),
                Codes.invoke(
                    groups,
                    "collector",
                    Collector.class,
                    stored.page(),
                    stored.row(),
                    Code.of(index)))
            .read();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      option(collector, arguments.get(i), call.arguments().getLast(), scope);
    }
    if (call.function() == AggregateFunction.LISTAGG) {
      for (SortKey key : call.orderBy()) {
        sortKey(collector, key, row, scope);
      }
    }
    Value value = arguments.getLast();
    if (value.physical() == Physical.DOUBLE && call.distinct()) {
      value = Value.of(Physical.LONG, call(Hashes.class, "doubleWord", long.class, value.part()));
    }
    add(collector, "add", value, scope);
  }

  private static void option(Code collector, Value value, Expression argument, Scope scope) {
    Value option =
        value.physical() == Physical.BYTES
            ? value
            : Value.of(Physical.DOUBLE, number(argument.type(), value));
    scope
        .out()
        .add(
            new Statement.Run(
                Codes.invoke(
                    collector, "option", void.class, option.parts().toArray(Code[]::new))));
  }

  private void sortKey(Code collector, SortKey key, Row row, Scope scope) {
    Value value = row.field(key.field(), scope);
    Scope present = scope.inner();
    List<Code> parts =
        value.physical() == Physical.INT ? List.of(toLong(value.part())) : value.parts();
    present
        .out()
        .add(
            new Statement.Run(
                Codes.invoke(collector, "key", void.class, parts.toArray(Code[]::new))));
    Scope absent = scope.inner();
    absent.out().add(new Statement.Run(Codes.invoke(collector, "nullKey", void.class)));
    scope.out().when(value.isNull(), absent.block(), present.block());
  }

  private static void add(Code collector, String method, Value value, Scope scope) {
    List<Code> parts =
        switch (value.physical()) {
          case INT, LONG -> List.of(toLong(value.part()));
          case DOUBLE -> List.of(StoredRow.doubleBits(value.part()));
          case INT128, BYTES -> value.parts();
        };
    scope
        .out()
        .add(
            new Statement.Run(
                Codes.invoke(collector, method, void.class, parts.toArray(Code[]::new))));
  }
}
