package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.sql.ast.Identifier;
import io.redward.plan.expression.Constant;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/// SUPER values: the constructors ARRAY and OBJECT, and navigation by `.member` and `[index]`.
final class SuperValues {
  static final SqlType TYPE = SqlType.of(TypeKind.SUPER);

  /// What numbers are added and compared as.
  static final SqlType NUMBER = SqlType.decimal(38, 10);

  private final Expressions expressions;
  private final Coercion coercion;
  private final FunctionCalls functions;
  private final SuperModes modes;

  SuperValues(Binding binding, FunctionCalls functions) {
    modes = binding.context().session().superModes();
    expressions = binding.expressions();
    coercion = binding.coercion();
    this.functions = functions;
  }

  static boolean isSuper(RexNode node) {
    return typeOf(node).kind() == TypeKind.SUPER;
  }

  /// The call as a value; empty if the name is another function's.
  Optional<RexNode> bind(String name, List<RexNode> arguments, int position) {
    return switch (name) {
      case "array" -> Optional.of(array(arguments, position));
      case "object" -> Optional.of(object(arguments, position));
      case "json_parse" ->
          modes.laxParsing() && arguments.size() == 1
              ? Optional.of(parsed(coercion.settled(arguments.getFirst()), position))
              : Optional.empty();
      case "array_contains", "array_position", "array_positions" ->
          arguments.size() == 2
              ? Optional.of(
                  functions.call(
                      name, List.of(arguments.get(0), value(arguments.get(1))), position))
              : Optional.empty();
      case "split_to_array" ->
          arguments.size() == 1
              ? Optional.of(
                  functions.call(
                      name, List.of(arguments.getFirst(), expressions.string(",")), position))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /// The value of a JSON text, NULL for what is none.
  private RexNode parsed(RexNode text, int position) {
    RexNode valid = functions.call("can_json_parse", List.of(text), position);
    RexNode value = functions.call("json_parse", List.of(text), position);
    return expressions.cases(List.of(valid), List.of(value, expressions.nullOf(TYPE)));
  }

  /// A step of navigation, which in strict mode is an error where it leads nowhere.
  private RexNode step(RexNode base, RexNode value, int position) {
    if (!modes.strictNavigation()) {
      return value;
    }
    RexNode refusal = functions.call("$refuse_navigation", List.of(base), position);
    return expressions.cases(List.of(expressions.isNotNull(value)), List.of(value, refusal));
  }

  private RexNode array(List<RexNode> elements, int position) {
    RexNode array = literal("[]");
    for (RexNode element : elements) {
      array = functions.call("$array_append", List.of(array, value(element)), position);
    }
    return array;
  }

  private RexNode object(List<RexNode> arguments, int position) {
    if (arguments.size() % 2 != 0) {
      throw Errors.at(
          position, SqlState.INVALID_PARAMETER_VALUE, "object needs a value for each name");
    }
    RexNode object = literal("{}");
    for (int i = 0; i < arguments.size(); i += 2) {
      RexNode name = coercion.settled(arguments.get(i));
      SqlType type = typeOf(arguments.get(i + 1));
      if (!type.kind().isNumeric()
          && !type.kind().isString()
          && !List.of(TypeKind.UNKNOWN, TypeKind.BOOLEAN, TypeKind.SUPER).contains(type.kind())) {
        throw Errors.at(
            position,
            SqlState.CANNOT_COERCE,
            "OBJECT could not convert type " + type.kind().sqlName() + " to super");
      }
      RexNode value = value(arguments.get(i + 1));
      object = functions.call("$object_put", List.of(object, name, value), position);
    }
    return object;
  }

  /// An argument as an element: NULL is a JSON null.
  private RexNode value(RexNode argument) {
    if (Expressions.isNullLiteral(argument)) {
      return literal("null");
    }
    RexNode value = coercion.to(argument, TYPE);
    return value.getType().isNullable()
        ? expressions.notNull(
            expressions.cases(
                List.of(expressions.isNotNull(value)), List.of(value, literal("null"))))
        : value;
  }

  private RexNode literal(String json) {
    return expressions.literal(TYPE, Constant.of(json));
  }

  /// The value with another one in place of the member that the names lead to, where there is one.
  RexNode replaced(RexNode base, List<String> names, RexNode other, int position) {
    RexNode name = expressions.string(names.getFirst());
    RexNode inner =
        names.size() == 1
            ? other
            : replaced(
                functions.call("$member", List.of(base, name), position),
                names.subList(1, names.size()),
                other,
                position);
    return functions.call("$object_replace", List.of(base, name, value(inner)), position);
  }

  RexNode member(RexNode base, Identifier name, int position) {
    RexNode member =
        functions.call("$member", List.of(base, expressions.string(name.name())), position);
    return step(base, member, position);
  }

  /// By an index, or by a name as a string.
  RexNode element(RexNode base, RexNode index, int position) {
    RexNode at = coercion.settled(index);
    String function = typeOf(at).kind().isString() ? "$member" : "$element";
    return step(base, functions.call(function, List.of(base, at), position), position);
  }
}
