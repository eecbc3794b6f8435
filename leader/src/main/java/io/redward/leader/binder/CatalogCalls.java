package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.FunctionCatalog;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.ResolvedFunction;
import io.redward.functions.signature.StableFunction;
import io.redward.functions.signature.Volatility;
import io.redward.leader.relational.CastOperator;
import io.redward.leader.relational.CatalogFunction;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/// Makes calls of the catalogue's functions once they are resolved, and casts, some of which are
/// such calls.
final class CatalogCalls {
  private final Binding binding;
  private final Expressions expressions;

  CatalogCalls(Binding binding) {
    this.binding = binding;
    expressions = binding.expressions();
  }

  /// A call; the arguments are of the function's parameter types. What the user did not write, such
  /// as the session's time zone, is added.
  RexNode call(ResolvedFunction function, List<RexNode> arguments) {
    binding.usesFunction(function);
    if (function.stable().isPresent()) {
      return sessionValue(function.stable().get());
    }
    List<RexNode> operands = new ArrayList<>(arguments);
    boolean nullable = function.mayAnswerNull() || Expressions.anyNullable(arguments);
    for (ExtraArgument extra : function.extraArguments()) {
      operands.add(
          switch (extra) {
            case ExtraArgument.Fixed fixed -> expressions.literal(fixed.type(), fixed.value());
            case ExtraArgument.OfSession value -> sessionValue(value.function());
          });
    }
    CatalogFunction operator =
        new CatalogFunction(
            function.functionId(),
            function.mayAnswerNull()
                ? CatalogFunction.Nulls.OTHER
                : CatalogFunction.Nulls.EXACTLY_FROM_ARGUMENTS,
            function.volatility() != Volatility.VOLATILE);
    return operator.call(
        expressions.builder(), expressions.type(function.type(), nullable), operands);
  }

  /// A parameter that the session fills; it may be NULL, as `current_schema` is without a schema.
  private RexNode sessionValue(StableFunction function) {
    int slot = binding.parameters().stableSlot(function);
    return expressions.builder().makeDynamicParam(expressions.type(function.type(), true), slot);
  }

  /// The operand as `type`.
  ///
  /// @param cast explicit or on assignment
  RexNode cast(CastOperator cast, SqlType type, RexNode operand) {
    boolean read = type.kind().isDatetime() && typeOf(operand).kind().isString();
    RexNode value = plainCast(cast, type, read ? withMonthFirst(operand, type) : operand);
    return SuperValues.isSuper(operand) && binding.context().session().superModes().strictCasts()
        ? strict(value, type, operand)
        : value;
  }

  /// A text whose dates of three numbers begin with the month, as datetimes are read: the session
  /// may want its dates to begin with the day or the year.
  private RexNode withMonthFirst(RexNode text, SqlType type) {
    String order = binding.context().session().dateOrder();
    if (order.equals("MDY") || type.kind() == TypeKind.TIME || type.kind() == TypeKind.TIMETZ) {
      return text;
    }
    boolean dayFirst = order.equals("DMY");
    String pattern =
        dayFirst
            ? "^(\\s*)(\\d{1,2})([/.-])(\\d{1,2})[/.-](\\d{2,4})(?!\\d)"
            : "^(\\s*)(\\d{2})([/.-])(\\d{1,2})[/.-](\\d{1,2})(?!\\d)";
    List<RexNode> arguments =
        List.of(
            text,
            expressions.string(pattern),
            expressions.string(dayFirst ? "$1$4$3$2$3$5" : "$1$4$3$5$3$2"),
            expressions.literal(SqlType.INTEGER, new Constant.IntValue(1)),
            expressions.string("p"));
    return FunctionCatalog.builtIn()
        .resolve("regexp_replace", arguments.stream().map(Expressions::typeOf).toList())
        .map(function -> call(function, arguments))
        .orElseThrow();
  }

  /// The cast of a SUPER value, an error where it is NULL and the value is not.
  private RexNode strict(RexNode value, SqlType type, RexNode operand) {
    RexNode refusal =
        FunctionCatalog.builtIn()
            .resolve("$refuse_cast", List.of(typeOf(operand)))
            .map(function -> call(function, List.of(operand)))
            .orElseThrow();
    return expressions.cases(
        List.of(expressions.isNotNull(value)),
        List.of(value, plainCast(CastOperator.EXPLICIT, type, refusal)));
  }

  private RexNode plainCast(CastOperator cast, SqlType type, RexNode operand) {
    return FunctionCatalog.builtIn()
        .zonedCast(typeOf(operand), type)
        .map(function -> cast.call(expressions.builder(), type, call(function, List.of(operand))))
        .orElseGet(() -> cast.call(expressions.builder(), type, operand));
  }
}
