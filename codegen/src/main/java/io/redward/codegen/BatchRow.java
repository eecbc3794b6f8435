package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The row of a batch that a loop is at. The arrays of the vectors that are read are fetched once,
/// before the loop.
final class BatchRow implements Row.FieldLoader {
  private final Scope before;
  private final Code batch;
  private final Code row;
  private final List<Field> fields;
  private final boolean dictionaries;
  private final Map<Integer, Column> columns = new HashMap<>();
  private final Map<Integer, Code> codes = new HashMap<>();

  /// Local variables that hold a vector's arrays.
  private record Column(Code vector, List<Code> arrays, Code hasNulls, Code validity) {}

  /// @param before the scope ahead of the loop
  /// @param batch the batch
  /// @param row the index of the row in the vectors
  /// @param dictionaries whether vectors of strings may come with dictionary entries
  BatchRow(Scope before, Code batch, Code row, List<Field> fields, boolean dictionaries) {
    this.dictionaries = dictionaries;
    this.before = before;
    this.batch = batch;
    this.row = row;
    this.fields = fields;
  }

  @Override
  public Value load(int index, Scope scope) {
    Column column = columns.computeIfAbsent(index, this::column);
    Field field = fields.get(index);
    String name = name(field, index);
    Code isNull = isNull(field, column, name, scope);
    if (field.physical() != Physical.BYTES) {
      List<Code> parts =
          column.arrays().stream()
              .map(array -> scope.stable(name, new Code.Element(array, row)))
              .toList();
      return new Value(field.physical(), isNull, parts);
    }
    return scope.unlessNull(isNull, Physical.BYTES, name, inner -> bytes(column, name, inner));
  }

  private Code isNull(Field field, Column column, String name, Scope scope) {
    if (!field.nullable()) {
      return Code.FALSE;
    }
    Code word =
        new Code.Element(
            column.validity(), Codes.binary(Code.Operator.SHIFT_RIGHT, row, Code.of(6)));
    Code bit = Codes.binary(Code.Operator.SHIFT_RIGHT_UNSIGNED, word, row);
    Code absent =
        Codes.compare(
            Code.Relation.EQUAL, Codes.binary(Code.Operator.AND, bit, Code.of(1L)), Code.of(0L));
    return scope.stable(name + "Null", Codes.and(column.hasNulls(), absent));
  }

  /// Asks the vector for its dictionary entries, once.
  @Override
  public Optional<DictionaryCodes> codes(int index, Scope scope) {
    Field field = fields.get(index);
    if (!dictionaries || field.physical() != Physical.BYTES) {
      return Optional.empty();
    }
    Column column = columns.computeIfAbsent(index, this::column);
    String name = name(field, index);
    Code array =
        codes.computeIfAbsent(
            index,
            _ -> {
              before
                  .out()
                  .add(new Statement.Run(Codes.invoke(column.vector(), "keepCodes", void.class)));
              Code entries = Codes.member(column.vector(), "codes", int[].class);
              return before.out().declare(before.plan().name(name + "Codes"), entries).read();
            });
    Code isNull = isNull(field, column, name, scope);
    return Optional.of(new DictionaryCodes(column.vector(), array, row, isNull));
  }

  private Value bytes(Column column, String name, Scope scope) {
    Code view = scope.stable(name + "View", new Code.Element(column.arrays().getFirst(), row));
    Code pages = column.arrays().getLast();
    return scope.stable(name, view(view, pages));
  }

  /// The string that a view points at.
  static Value view(Code view, Code pages) {
    Code page = Codes.toInt(Codes.binary(Code.Operator.SHIFT_RIGHT_UNSIGNED, view, Code.of(48)));
    Code offset = Codes.toInt(Codes.binary(Code.Operator.SHIFT_RIGHT_UNSIGNED, view, Code.of(24)));
    return Value.of(
        Physical.BYTES,
        new Code.Element(pages, page),
        Codes.binary(Code.Operator.AND, offset, Code.of(0xFF_FFFF)),
        Codes.binary(Code.Operator.AND, Codes.toInt(view), Code.of(0xFF_FFFF)));
  }

  private static String name(Field field, int index) {
    StringBuilder name = new StringBuilder();
    for (char character : field.name().toCharArray()) {
      if (character < 128 && (Character.isLetterOrDigit(character) || character == '_')) {
        name.append(character);
      }
    }
    boolean usable = !name.isEmpty() && Character.isLetter(name.charAt(0));
    return usable ? name.toString() : "field" + index;
  }

  private Column column(int index) {
    Field field = fields.get(index);
    String name = name(field, index);
    Class<? extends Vector> type = vectorType(field.physical());
    Code vectors = Codes.member(batch, "vectors", Vector[].class);
    Variable vector =
        before
            .out()
            .declare(
                before.plan().name(name + "Vector"),
                new Code.Downcast(type, new Code.Element(vectors, Code.of(index))));
    List<Code> arrays =
        switch (field.physical()) {
          case INT -> List.of(array(vector, name, "values", int[].class));
          case LONG -> List.of(array(vector, name, "values", long[].class));
          case DOUBLE -> List.of(array(vector, name, "values", double[].class));
          case INT128 ->
              List.of(
                  array(vector, name, "high", long[].class),
                  array(vector, name, "low", long[].class));
          case BYTES ->
              List.of(
                  array(vector, name, "views", long[].class),
                  array(vector, name, "pages", byte[][].class));
        };
    if (!field.nullable()) {
      return new Column(vector.read(), arrays, Code.FALSE, Code.FALSE);
    }
    return new Column(
        vector.read(),
        arrays,
        array(vector, name, "hasNulls", boolean.class),
        array(vector, name, "validity", long[].class));
  }

  private Code array(Variable vector, String name, String member, Class<?> type) {
    String local =
        before.plan().name(name + Character.toUpperCase(member.charAt(0)) + member.substring(1));
    Class<?> owner =
        member.equals("hasNulls") || member.equals("validity") ? Vector.class : vector.type();
    return before.out().declare(local, new Code.Member(vector.read(), owner, member, type)).read();
  }

  static Class<? extends Vector> vectorType(Physical physical) {
    return switch (physical) {
      case INT -> IntVector.class;
      case LONG -> LongVector.class;
      case DOUBLE -> DoubleVector.class;
      case INT128 -> Int128Vector.class;
      case BYTES -> BytesVector.class;
    };
  }

  static Code selectedCount(Code batch) {
    return Codes.member(batch, "selectedCount", int.class);
  }

  static Class<?> batchType() {
    return Batch.class;
  }
}
