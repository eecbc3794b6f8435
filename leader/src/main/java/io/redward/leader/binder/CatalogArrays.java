package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.CatalogAggregate;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// The arrays that clients' catalog queries use. An array is a value of its text form, `{a,b}`, so
/// all that can be done with it is done with strings; elements that hold commas or braces are not
/// told apart.
final class CatalogArrays {
  private static final SqlType TEXT = SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);

  private final Expressions expressions;
  private final Coercion coercion;
  private final FunctionCalls functions;

  CatalogArrays(Binding binding, FunctionCalls functions) {
    expressions = binding.expressions();
    coercion = binding.coercion();
    this.functions = functions;
  }

  static boolean isArray(RexNode node) {
    return typeOf(node).kind() == TypeKind.TEXT_ARRAY || typeOf(node).kind() == TypeKind.INT_ARRAY;
  }

  /// `array[index]`: NULL beyond the end.
  RexNode element(RexNode array, RexNode index, int position) {
    if (!isArray(array)) {
      throw Errors.at(
          position,
          SqlState.DATATYPE_MISMATCH,
          "cannot subscript type " + Errors.name(typeOf(array)) + " because it is not an array");
    }
    RexNode part =
        functions.call(
            "split_part",
            List.of(
                inside(array, position),
                expressions.string(","),
                coercion.to(index, SqlType.INTEGER)),
            position);
    RexNode empty = expressions.string("");
    RexNode isEmpty = expressions.strict(SqlType.BOOLEAN, Comparisons.operator("="), part, empty);
    RexNode element =
        expressions.cases(List.of(isEmpty), List.of(expressions.nullOf(typeOf(part)), part));
    return typeOf(array).kind() == TypeKind.INT_ARRAY
        ? coercion.to(element, SqlType.INTEGER)
        : element;
  }

  /// `array_upper(array, 1)`: NULL for an empty array.
  RexNode size(RexNode array, int position) {
    RexNode inside = inside(array, position);
    RexNode comma = expressions.string(",");
    RexNode joined =
        functions.call("replace", List.of(inside, comma, expressions.string("")), position);
    RexNode all = length(inside, position);
    RexNode commas =
        expressions.strict(
            SqlType.INTEGER, SqlStdOperatorTable.MINUS, all, length(joined, position));
    RexNode count =
        expressions.strict(
            SqlType.INTEGER, SqlStdOperatorTable.PLUS, commas, expressions.integer(1));
    RexNode isEmpty =
        expressions.strict(
            SqlType.BOOLEAN, Comparisons.operator("="), inside, expressions.string(""));
    return expressions.cases(List.of(isEmpty), List.of(expressions.nullOf(SqlType.INTEGER), count));
  }

  private RexNode length(RexNode text, int position) {
    return coercion.to(functions.call("length", List.of(text), position), SqlType.INTEGER);
  }

  /// `value = ANY (array)`.
  RexNode contains(RexNode array, RexNode value, int position) {
    RexNode comma = expressions.string(",");
    RexNode needle = concat(position, comma, coercion.to(coercion.settled(value), TEXT), comma);
    RexNode hay = concat(position, comma, inside(array, position), comma);
    RexNode found = functions.call("strpos", List.of(hay, needle), position);
    return expressions.strict(
        SqlType.BOOLEAN,
        Comparisons.operator(">"),
        found,
        coercion.to(expressions.integer(0), typeOf(found)));
  }

  private RexNode inside(RexNode array, int position) {
    return functions.call(
        "btrim", List.of(coercion.to(array, TEXT), expressions.string("{}")), position);
  }

  private RexNode concat(int position, RexNode first, RexNode second, RexNode third) {
    RexNode two = functions.call("||", List.of(first, second), position);
    return functions.call("||", List.of(two, third), position);
  }

  /// `ARRAY(SELECT ...)` over the rows of `rel`, which has one column.
  RexNode of(RelNode rel, int position) {
    RexNode text = coercion.to(expressions.column(rel, 0), TEXT);
    RelNode strings =
        LogicalProject.create(
            rel, List.of(), List.of(text, expressions.string(",")), List.of("element", "comma"));
    CatalogAggregate listagg = new CatalogAggregate("listagg", expressions.type(TEXT, true));
    AggregateCall call =
        AggregateCall.create(
            listagg,
            false,
            false,
            false,
            List.of(),
            List.of(0, 1),
            -1,
            null,
            RelCollations.EMPTY,
            true,
            strings,
            null,
            "elements");
    RelNode list =
        LogicalAggregate.create(strings, List.of(), ImmutableBitSet.of(), null, List.of(call));
    RexNode elements = expressions.column(list, 0);
    RexNode present =
        expressions.notNull(
            expressions.cases(
                List.of(expressions.isNotNull(elements)),
                List.of(elements, coercion.to(expressions.string(""), TEXT))));
    RexCall braced =
        (RexCall) concat(position, expressions.string("{"), present, expressions.string("}"));
    RexNode array =
        expressions
            .builder()
            .makeCall(
                expressions.type(SqlType.of(TypeKind.TEXT_ARRAY), false),
                braced.getOperator(),
                braced.getOperands());
    return RexSubQuery.scalar(
        LogicalProject.create(list, List.of(), List.of(array), List.of("array")));
  }
}
