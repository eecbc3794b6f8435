package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Statement;
import io.redward.codegen.dsl.Variable;
import io.redward.foundation.types.Physical;
import io.redward.functions.user.UserFunction;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Call;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.DistinctFrom;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.InList;
import io.redward.plan.expression.IsNull;
import io.redward.plan.expression.Like;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Logical;
import io.redward.plan.expression.Negate;
import io.redward.plan.expression.Not;
import io.redward.plan.expression.Parameter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lowers expressions to code: the one place that says what an expression means. Three-valued logic
/// lives here; arithmetic, comparisons, conversions, calls and pattern matches have classes of
/// their own.
final class ExpressionLowering {
  /// Terms of one condition; more are kept in a variable, so that long lists do not nest deeply.
  private static final int MAX_TERMS = 16;

  /// Branches of a CASE that become nested ifs.
  private static final int MAX_NESTED_BRANCHES = 8;

  private final ClassPlan plan;
  private final FunctionLibrary library;
  private final Constants constants;
  private final ArithmeticLowering arithmetic;
  private final ComparisonLowering comparisons;
  private final CastLowering casts;
  private final CallLowering calls;
  private final MatchLowering matches;
  private final Map<Expression, Boolean> volatiles = new IdentityHashMap<>();

  ExpressionLowering(ClassPlan plan, FunctionLibrary library) {
    this.plan = plan;
    constants = new Constants(plan);
    arithmetic = new ArithmeticLowering(plan);
    comparisons = new ComparisonLowering();
    calls = new CallLowering(plan);
    casts = new CastLowering(plan, library, calls);
    matches = new MatchLowering(plan, comparisons);
    this.library = library;
  }

  Constants constants() {
    return constants;
  }

  ComparisonLowering comparisons() {
    return comparisons;
  }

  /// The value of `expression`, computed once in `scope` and kept in local variables. Only where a
  /// call may answer differently each time is it computed as often as it is written.
  Value lowerOnce(Row row, Expression expression, Scope scope) {
    if (expression instanceof FieldRef ref) {
      return row.field(ref.index(), scope);
    }
    Value known = scope.known(row, expression);
    if (known != null) {
      return known;
    }
    if (expression instanceof Logical || expression instanceof Case) {
      askOnce(row, expression, scope);
    }
    Value value = scope.stable("v", lower(row, expression, scope));
    if (!isVolatile(expression)) {
      scope.remember(row, expression, value);
    }
    return value;
  }

  /// Asks volatile functions that were written once and stand in several places, before the first
  /// place: it may be one that is not always reached.
  private void askOnce(Row row, Expression expression, Scope scope) {
    if (expression instanceof Call call && call.isOnce()) {
      lowerOnce(row, call, scope);
      return;
    }
    expression.children().forEach(child -> askOnce(row, child, scope));
  }

  /// True if the expression holds a call that may answer differently each time.
  boolean isVolatile(Expression expression) {
    Boolean known = volatiles.get(expression);
    if (known == null) {
      known =
          expression instanceof Call call && !call.isOnce() && library.isVolatile(call.function())
              || expression.children().stream().anyMatch(this::isVolatile);
      volatiles.put(expression, known);
    }
    return known;
  }

  /// The value in another form; narrowing checks.
  Value lowerAs(Row row, Expression expression, Physical physical, Scope scope) {
    return arithmetic.widen(lowerOnce(row, expression, scope), physical, scope);
  }

  private Value lower(Row row, Expression expression, Scope scope) {
    return switch (expression) {
      case FieldRef ref -> row.field(ref.index(), scope);
      case Literal literal -> constants.literal(literal.type(), literal.value());
      case Parameter parameter -> constants.parameter(parameter);
      case Arithmetic written -> {
        Arithmetic operation = LiteralScales.aligned(written);
        yield arithmetic.lower(
            operation,
            lowerOnce(row, operation.left(), scope),
            lowerOnce(row, operation.right(), scope),
            scope);
      }
      case Negate negate ->
          arithmetic.negate(negate.type(), lowerOnce(row, negate.operand(), scope), scope);
      case Logical logical -> logical(row, logical, scope);
      case Comparison _, IsNull _, DistinctFrom _, Not _ -> condition(row, expression, scope);
      case InList in -> matches.in(in, lowerOnce(row, in.operand(), scope), scope);
      case Like like ->
          matches.like(
              like,
              lowerOnce(row, like.operand(), scope),
              lowerOnce(row, like.pattern(), scope),
              scope);
      case Case choice -> choice(row, choice, scope);
      case Cast cast -> casts.lower(cast, lowerOnce(row, cast.operand(), scope), scope);
      case Call call -> {
        List<Value> arguments =
            call.arguments().stream().map(a -> lowerOnce(row, a, scope)).toList();
        yield UserFunction.isId(call.function())
            ? new UserCallLowering(plan)
                .lower(UserFunction.parse(call.function()), arguments, scope)
            : calls.lower(library.function(call.function()), arguments, scope);
      }
    };
  }

  private Value condition(Row row, Expression expression, Scope scope) {
    return switch (expression) {
      case Comparison(Comparison.Operator operator, Expression left, Expression right) -> {
        Value first = lowerOnce(row, left, scope);
        Value second = lowerOnce(row, right, scope);
        Code isNull = Codes.or(first.isNull(), second.isNull());
        yield scope.unlessNull(
            isNull,
            Physical.INT,
            "c",
            _ -> Value.of(comparisons.compare(operator, left.type(), first, second)));
      }
      case Not(Expression operand) -> {
        Value value = lowerOnce(row, operand, scope);
        yield Value.of(Codes.not(value.asCondition())).withNull(value.isNull());
      }
      default -> Value.of(test(row, expression, true, scope));
    };
  }

  /// The condition that `expression` is true (`wanted`) or is false; NULL is neither.
  Code test(Row row, Expression expression, boolean wanted, Scope scope) {
    if (expression instanceof Logical) {
      askOnce(row, expression, scope);
    }
    return switch (expression) {
      case Comparison(Comparison.Operator operator, Expression left, Expression right) -> {
        Value first = lowerOnce(row, left, scope);
        Value second = lowerOnce(row, right, scope);
        Code outcome = comparisons.compare(operator, left.type(), first, second);
        Code present = Codes.and(Codes.not(first.isNull()), Codes.not(second.isNull()));
        yield Codes.and(present, wanted ? outcome : Codes.not(outcome));
      }
      case Not(Expression operand) -> test(row, operand, !wanted, scope);
      case Logical(Logical.Operator operator, List<Expression> operands) ->
          (operator == Logical.Operator.AND) == wanted
              ? all(row, operands, wanted, scope)
              : any(row, operands, wanted, scope);
      case IsNull(Expression operand) -> {
        Code isNull = lowerOnce(row, operand, scope).isNull();
        yield wanted ? isNull : Codes.not(isNull);
      }
      case DistinctFrom(Expression left, Expression right) -> {
        Code distinct =
            comparisons.distinct(
                left.type(), lowerOnce(row, left, scope), lowerOnce(row, right, scope));
        yield wanted ? distinct : Codes.not(distinct);
      }
      default -> {
        Value value = lowerOnce(row, expression, scope);
        Code outcome = value.asCondition();
        yield Codes.and(Codes.not(value.isNull()), wanted ? outcome : Codes.not(outcome));
      }
    };
  }

  private Code all(Row row, List<Expression> operands, boolean wanted, Scope scope) {
    Code result = Code.TRUE;
    int terms = 0;
    for (Expression operand : operands) {
      Code before = result;
      Scope inner = scope.inner();
      Code next = test(row, operand, wanted, inner);
      if (inner.out().isEmpty() && ++terms % MAX_TERMS != 0) {
        result = Codes.and(before, next);
      } else {
        result = guarded(before, next, scope, inner);
      }
    }
    return result;
  }

  private Code guarded(Code before, Code next, Scope scope, Scope inner) {
    Variable outcome = scope.out().declare(plan.name("t"), before);
    inner.out().assign(outcome, next);
    scope.out().when(before.equals(Code.TRUE) ? Code.TRUE : outcome.read(), inner.block());
    return outcome.read();
  }

  private Code any(Row row, List<Expression> operands, boolean wanted, Scope scope) {
    Code result = Code.FALSE;
    int terms = 0;
    for (Expression operand : operands) {
      Scope inner = scope.inner();
      Code next = test(row, operand, wanted, inner);
      if (inner.out().isEmpty() && ++terms % MAX_TERMS != 0) {
        result = Codes.or(result, next);
      } else {
        boolean first = result.equals(Code.FALSE);
        Variable outcome = scope.out().declare(plan.name("t"), result);
        inner.out().assign(outcome, next);
        Code undecided = first ? Code.TRUE : Codes.not(outcome.read());
        scope.out().when(undecided, inner.block());
        result = outcome.read();
      }
    }
    return result;
  }

  /// AND is false once an operand is, else NULL if one is; OR the same with true.
  private Value logical(Row row, Logical logical, Scope scope) {
    boolean decisive = logical.operator() == Logical.Operator.OR;
    if (!logical.nullable()) {
      return Value.of(test(row, logical, true, scope));
    }
    Variable decided = scope.out().declare(plan.name("decided"), Code.FALSE);
    Variable unknown = scope.out().declare(plan.name("unknown"), Code.FALSE);
    for (Expression operand : logical.operands()) {
      Scope inner = scope.inner();
      Value value = lowerOnce(row, operand, inner);
      Code outcome = decisive ? value.asCondition() : Codes.not(value.asCondition());
      inner.out().assign(decided, Codes.and(Codes.not(value.isNull()), outcome));
      if (value.nullable()) {
        inner.out().assign(unknown, Codes.or(unknown.read(), value.isNull()));
      }
      scope.out().when(Codes.not(decided.read()), inner.block());
    }
    Code isNull = Codes.and(unknown.read(), Codes.not(decided.read()));
    return Value.of(decisive ? decided.read() : Codes.not(decided.read())).withNull(isNull);
  }

  private Value choice(Row row, Case choice, Scope scope) {
    Value plain = plainChoice(row, choice, scope);
    if (plain != null) {
      return plain;
    }
    Physical physical = choice.physical();
    List<Variable> variables = scope.declare("r", physical);
    Variable isNull = null;
    if (choice.nullable()) {
      isNull = scope.out().declare(plan.name("rNull"), Code.FALSE);
    }
    Target target = new Target(physical, variables, isNull);
    if (choice.branches().size() > MAX_NESTED_BRANCHES) {
      flat(row, choice, target, scope);
    } else {
      branch(row, choice, 0, target, scope);
    }
    Code absent = isNull == null ? Code.FALSE : isNull.read();
    return new Value(physical, absent, variables.stream().map(Variable::read).toList());
  }

  private record Target(Physical physical, List<Variable> variables, @Nullable Variable isNull) {}

  private void branch(Row row, Case choice, int index, Target target, Scope scope) {
    if (index == choice.branches().size()) {
      set(row, choice.otherwise(), target, scope);
      return;
    }
    Case.Branch branch = choice.branches().get(index);
    Code condition = test(row, branch.condition(), true, scope);
    Scope then = scope.inner();
    set(row, branch.result(), target, then);
    Scope otherwise = scope.inner();
    branch(row, choice, index + 1, target, otherwise);
    scope.out().when(condition, then.block(), otherwise.block());
  }

  /// Branches one after another, each of which leaves the block: code for any number of them.
  private void flat(Row row, Case choice, Target target, Scope scope) {
    Statement.Label decided = new Statement.Label(plan.name("decided"));
    Scope body = scope.inner();
    for (Case.Branch branch : choice.branches()) {
      Code condition = test(row, branch.condition(), true, body);
      Scope then = body.inner();
      set(row, branch.result(), target, then);
      then.out().add(new Statement.Break(decided));
      body.out().when(condition, then.block());
    }
    set(row, choice.otherwise(), target, body);
    scope.out().add(new Statement.Labeled(decided, body.block()));
  }

  private void set(Row row, Expression result, Target target, Scope scope) {
    Value value = lowerAs(row, result, target.physical(), scope);
    if (value.isNull().equals(Code.TRUE)) {
      value = constants.nullOf(target.physical());
    }
    scope.assign(target.variables(), value);
    if (target.isNull() != null) {
      scope.out().assign(target.isNull(), value.isNull());
    }
  }

  /// `condition ? a : b`, if both sides are at hand and never NULL.
  private @Nullable Value plainChoice(Row row, Case choice, Scope scope) {
    if (choice.branches().size() != 1
        || choice.nullable()
        || Value.types(choice.physical()).size() != 1
        || !cheap(choice.branches().getFirst().result())
        || !cheap(choice.otherwise())) {
      return null;
    }
    Case.Branch branch = choice.branches().getFirst();
    Code condition = test(row, branch.condition(), true, scope);
    Value then = lowerAs(row, branch.result(), choice.physical(), scope);
    Value otherwise = lowerAs(row, choice.otherwise(), choice.physical(), scope);
    return Value.of(choice.physical(), new Code.Choose(condition, then.part(), otherwise.part()));
  }

  private static boolean cheap(Expression expression) {
    return expression instanceof FieldRef
        || expression instanceof Literal
        || expression instanceof Parameter;
  }
}
