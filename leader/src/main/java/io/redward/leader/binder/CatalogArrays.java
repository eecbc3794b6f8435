package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.CatalogAggregate;
import io.redward.leader.relational.PlainCall;
import java.math.BigDecimal;
import java.util.List;
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
    return switch (typeOf(node).kind()) {
      case TEXT_ARRAY, INT_ARRAY, OID_ARRAY, CHAR_ARRAY -> true;
      default -> false;
    };
  }

  /// Whether this is one of the catalog's vectors, such as `pg_index.indkey`: numbers between
  /// blanks, counted from 0. They are the only values of type `text` that are subscripted.
  static boolean isVector(RexNode node) {
    return typeOf(node).kind() == TypeKind.TEXT;
  }

  /// `array[index]`: NULL beyond the end.
  RexNode element(RexNode array, RexNode index, int position) {
    if (isVector(array)) {
      RexNode next =
          expressions.strict(
              SqlType.INTEGER,
              SqlStdOperatorTable.PLUS,
              coercion.to(index, SqlType.INTEGER),
              expressions.integer(1));
      return ordinal(array, next, position);
    }
    if (!isArray(array)) {
      throw Errors.at(
          position,
          SqlState.DATATYPE_MISMATCH,
          "cannot subscript type " + Errors.name(typeOf(array)) + " because it is not an array");
    }
    return ordinal(array, index, position);
  }

  /// The element at a place from 1 on, wherever the array's subscripts begin.
  RexNode ordinal(RexNode array, RexNode place, int position) {
    RexNode element =
        part(
            elements(array, position),
            separator(array),
            positive(coercion.to(place, SqlType.INTEGER)),
            position);
    TypeKind kind = typeOf(array).kind();
    return switch (kind) {
      case TEXT_ARRAY ->
          functions.call("btrim", List.of(element, expressions.string("\"")), position);
      case CHAR_ARRAY -> element;
      default -> coercion.to(element, SqlType.INTEGER);
    };
  }

  /// The place, NULL before the first.
  private RexNode positive(RexNode place) {
    RexNode isThere =
        expressions.strict(
            SqlType.BOOLEAN, Comparisons.operator(">"), place, expressions.integer(0));
    BigDecimal number = Coercion.number(place);
    return number != null && number.signum() > 0
        ? place
        : expressions.cases(List.of(isThere), List.of(place, expressions.nullOf(SqlType.INTEGER)));
  }

  private RexNode elements(RexNode array, int position) {
    return isVector(array) ? coercion.to(array, TEXT) : inside(array, position);
  }

  private static String separator(RexNode array) {
    return isVector(array) ? " " : ",";
  }

  /// The part of a text at a place from 1 on, NULL beyond the end.
  private RexNode part(RexNode text, String separator, RexNode place, int position) {
    RexNode part =
        functions.call("split_part", List.of(text, expressions.string(separator), place), position);
    RexNode isEmpty =
        expressions.strict(
            SqlType.BOOLEAN, Comparisons.operator("="), part, expressions.string(""));
    return expressions.cases(List.of(isEmpty), List.of(expressions.nullOf(typeOf(part)), part));
  }

  /// `array_upper(array, dimension)` and `array_lower`: NULL for an empty array, and but for the
  /// one dimension that these arrays have.
  RexNode bound(boolean upper, RexNode array, RexNode dimension, int position) {
    RexNode size = size(array, position);
    int first = isVector(array) ? 0 : 1;
    RexNode last =
        first == 1
            ? size
            : expressions.strict(
                SqlType.INTEGER, SqlStdOperatorTable.MINUS, size, expressions.integer(1));
    RexNode none = expressions.nullOf(SqlType.INTEGER);
    RexNode bound =
        upper
            ? last
            : expressions.cases(
                List.of(expressions.isNotNull(size)), List.of(expressions.integer(first), none));
    BigDecimal asked = Coercion.number(dimension);
    return asked == null || asked.compareTo(BigDecimal.ONE) == 0 ? bound : none;
  }

  /// `string_to_array(text, ',')` where it is no SUPER, as where the drivers take apart what
  /// `textin` gives.
  RexNode split(RexNode text, RexNode separator, int position) {
    RexNode elements =
        functions.call(
            "replace",
            List.of(coercion.to(text, TEXT), separator, expressions.string(",")),
            position);
    return array(elements, position);
  }

  private RexNode array(RexNode elements, int position) {
    RexCall braced =
        (RexCall) concat(position, expressions.string("{"), elements, expressions.string("}"));
    return expressions
        .builder()
        .makeCall(
            expressions.type(SqlType.of(TypeKind.TEXT_ARRAY), elements.getType().isNullable()),
            braced.getOperator(),
            braced.getOperands());
  }

  /// How many elements an array has: NULL for an empty one.
  RexNode size(RexNode array, int position) {
    RexNode inside = elements(array, position);
    RexNode comma = expressions.string(separator(array));
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
    RexNode separator = expressions.string(separator(array));
    RexNode elements = elements(array, position);
    RexNode text = coercion.to(coercion.settled(value), TEXT);
    RexNode needle = concat(position, separator, text, separator);
    RexNode hay = concat(position, separator, elements, separator);
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
    AggregateCall call = PlainCall.of(listagg, List.of(0, 1), strings, true).withName("elements");
    RelNode list =
        LogicalAggregate.create(strings, List.of(), ImmutableBitSet.of(), null, List.of(call));
    RexNode elements = expressions.column(list, 0);
    RexNode present =
        expressions.notNull(
            expressions.cases(
                List.of(expressions.isNotNull(elements)),
                List.of(elements, coercion.to(expressions.string(""), TEXT))));
    return RexSubQuery.scalar(
        LogicalProject.create(
            list, List.of(), List.of(array(present, position)), List.of("array")));
  }
}
