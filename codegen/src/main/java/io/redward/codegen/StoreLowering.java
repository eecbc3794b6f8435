package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.Build;
import io.redward.runtime.join.JoinLayout;
import io.redward.runtime.join.JoinPart;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowWriter;
import java.util.ArrayList;
import java.util.List;

/// Lowers the sinks that keep rows as they come: join builds, row buffers, and output batches.
final class StoreLowering {
  private final ClassPlan plan;
  private final ExpressionLowering expressions;

  StoreLowering(ExpressionLowering expressions, ClassPlan plan) {
    this.plan = plan;
    this.expressions = expressions;
  }

  /// Starts a row in `writer`.
  private StoredRow start(Code writer, Scope scope) {
    Variable row = scope.out().declare(plan.name("row"), Codes.invoke(writer, "next", int.class));
    Variable page =
        scope.out().declare(plan.name("page"), Codes.member(writer, "page", long[].class));
    return new StoredRow(page.read(), row.read());
  }

  /// @param fields the row's fields, the first ones of the buffer's
  void buffer(int stateId, List<Field> bufferFields, List<Field> fields, Row row, Scope scope) {
    RowLayout layout = RowBuffer.layout(bufferFields);
    Code writer = plan.single("rows", RowWriter.class, context -> context.part(stateId));
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      values.add(value(row, fields.get(i), i, layout.slot(i).physical(), scope));
    }
    StoredRow stored = start(writer, scope);
    for (int i = 0; i < fields.size(); i++) {
      stored.store(layout.slot(i), values.get(i), writer, scope);
    }
  }

  private Value value(Row row, Field field, int index, Physical physical, Scope scope) {
    return scope.stable("v", expressions.lowerAs(row, field.at(index), physical, scope));
  }

  void build(Build own, Build first, Row row, Scope scope) {
    JoinLayout layout = JoinLayout.of(first);
    int state = own.stateId();
    Code part = plan.single("build", JoinPart.class, context -> context.part(state));
    Code writer =
        plan.single("rows", RowWriter.class, context -> ((JoinPart) context.part(state)).rows);
    List<Value> keys = new ArrayList<>();
    Code anyNull = Code.FALSE;
    for (int i = 0; i < own.keys().size(); i++) {
      Expression key = own.keys().get(i);
      Value value =
          scope.stable("k", expressions.lowerAs(row, key, layout.key(i).physical(), scope));
      keys.add(value);
      if (!own.nullSafe().get(i)) {
        anyNull = Codes.or(anyNull, value.isNull());
      }
    }
    if (own.keepNullKeys() || anyNull.equals(Code.FALSE)) {
      store(own, layout, keys, writer, row, scope);
      return;
    }
    Scope absent = scope.inner();
    absent
        .out()
        .add(new Statement.SetMember(part, JoinPart.class, "nullKeys", boolean.class, Code.TRUE));
    Scope present = scope.inner();
    store(own, layout, keys, writer, row, present);
    scope.out().when(anyNull, absent.block(), present.block());
  }

  private void store(
      Build build, JoinLayout layout, List<Value> keys, Code writer, Row row, Scope scope) {
    KeyWords words = KeyWords.of(keys, scope);
    Code hash = layout.integerKey() ? Code.of(0L) : words.hash(scope);
    List<Value> payload = new ArrayList<>();
    for (int i = 0; i < build.payload().size(); i++) {
      Physical physical = layout.payload(i).physical();
      payload.add(
          layout.ownSlot(i)
              ? scope.stable("v", expressions.lowerAs(row, build.payload().get(i), physical, scope))
              : keys.getFirst());
    }
    StoredRow stored = start(writer, scope);
    if (!layout.integerKey()) {
      stored.setWord(0, hash, scope);
    }
    for (int i = 0; i < keys.size(); i++) {
      words.store(i, layout.key(i), stored, writer, scope);
    }
    for (int i = 0; i < payload.size(); i++) {
      if (layout.ownSlot(i)) {
        stored.store(layout.payload(i), payload.get(i), writer, scope);
      }
    }
  }

  /// Writes the row into the output batch.
  void output(List<Field> fields, Row row, Scope scope) {
    Code batch = plan.single("output", Batch.class, context -> context.output());
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      values.add(value(row, fields.get(i), i, fields.get(i).physical(), scope));
    }
    Variable at = scope.out().declare(plan.name("at"), BatchRow.selectedCount(batch));
    for (int i = 0; i < fields.size(); i++) {
      Scope region = scope.inner();
      write(i, fields.get(i).physical(), values.get(i), at.read(), region);
      scope.out().add(new Statement.Region("write" + i, region.block()));
    }
    scope.out().add(new Statement.Run(new Code.OwnCall("written", void.class, List.of(batch))));
  }

  private void write(int index, Physical physical, Value value, Code at, Scope scope) {
    Class<? extends Vector> type = BatchRow.vectorType(physical);
    Code vector =
        plan.single("out" + index + "Vector", type, context -> context.output().vectors[index]);
    Scope present = value.nullable() ? scope.inner() : scope;
    switch (physical) {
      case INT -> set(vector, "values", int[].class, at, value.part(), present);
      case LONG -> set(vector, "values", long[].class, at, value.part(), present);
      case DOUBLE -> set(vector, "values", double[].class, at, value.part(), present);
      case INT128 -> {
        set(vector, "high", long[].class, at, value.high(), present);
        set(vector, "low", long[].class, at, value.low(), present);
      }
      case BYTES -> {
        Code append =
            new Code.VirtualCall(
                vector,
                BytesVector.class,
                "append",
                List.of(int.class, byte[].class, int.class, int.class),
                void.class,
                List.of(at, value.page(), value.offset(), value.length()));
        present.out().add(new Statement.Run(append));
      }
    }
    if (value.nullable()) {
      Code setNull =
          new Code.VirtualCall(
              vector, Vector.class, "setNull", List.of(int.class), void.class, List.of(at));
      Scope absent = scope.inner();
      absent.out().add(new Statement.Run(setNull));
      scope.out().when(value.isNull(), absent.block(), present.block());
    }
  }

  private static void set(
      Code vector, String member, Class<?> type, Code at, Code value, Scope scope) {
    Code array = Codes.member(vector, member, type);
    scope.out().add(new Statement.SetElement(array, at, value));
  }
}
