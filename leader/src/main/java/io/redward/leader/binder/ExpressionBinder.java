package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.CastOperator;
import io.redward.leader.relational.PlanningCancellation;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.IntervalQualifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.TypeName;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Binds the expressions of one [Clause].
final class ExpressionBinder {
  private final QueryBinder queries;
  private final Binding binding;
  private final Clause clause;
  private final Expressions expressions;
  private final Coercion coercion;
  private final Comparisons comparisons;
  private final Operators operators;
  private final FunctionCalls functions;
  private final Subqueries subqueries;

  ExpressionBinder(QueryBinder queries, Clause clause) {
    this.queries = queries;
    this.clause = clause;
    binding = queries.binding();
    expressions = binding.expressions();
    coercion = binding.coercion();
    comparisons = new Comparisons(binding);
    functions = new FunctionCalls(this, binding, clause);
    operators = new Operators(binding, functions);
    subqueries = new Subqueries(this, queries, clause, functions);
  }

  Clause clause() {
    return clause;
  }

  QueryBinder queries() {
    return queries;
  }

  Comparisons comparisons() {
    return comparisons;
  }

  /// A condition: an expression of type BOOLEAN.
  RexNode condition(Expr expr) {
    return condition(expr, bind(expr));
  }

  private RexNode condition(Expr expr, RexNode node) {
    SqlType type = typeOf(node);
    if (type.kind() == TypeKind.UNKNOWN) {
      return coercion.to(node, SqlType.BOOLEAN);
    }
    if (type.kind() != TypeKind.BOOLEAN) {
      throw Errors.notBoolean(expr.position(), clause.name(), type);
    }
    return node;
  }

  /// A condition of CASE, which may be a number: zero is false.
  private RexNode truth(Expr expr) {
    RexNode node = bind(expr);
    return typeOf(node).kind().isInteger()
        ? comparisons.compare("<>", node, expressions.integer(0), expr.position())
        : condition(expr, node);
  }

  List<RexNode> bindAll(List<Expr> exprs) {
    return exprs.stream().map(this::bind).toList();
  }

  /// An expression. A bare string, NULL or parameter has type UNKNOWN until its context is known.
  RexNode bind(Expr expr) {
    PlanningCancellation.check();
    try {
      return bindNode(expr);
    } catch (SqlException e) {
      throw e.withPosition(expr.position());
    }
  }

  private RexNode bindNode(Expr expr) {
    return switch (expr) {
      case Expr.NullLiteral _ -> expressions.nullOf(SqlType.UNKNOWN);
      case Expr.BooleanLiteral literal -> expressions.bool(literal.value());
      case Expr.NumberLiteral literal -> number(literal);
      case Expr.StringLiteral literal -> expressions.unknown(literal.value());
      case Expr.BitStringLiteral literal ->
          throw Errors.unsupported(literal.position(), "a bit string constant");
      case Expr.TypedLiteral literal -> typedLiteral(literal);
      case Expr.IntervalLiteral literal -> operators.interval(interval(literal), literal);
      case Expr.ParameterRef parameter -> parameter(parameter);
      case Expr.DefaultExpr _ ->
          throw Errors.at(
              expr.position(), SqlState.SYNTAX_ERROR, "DEFAULT is not allowed in this context");
      case Expr.ColumnRef column -> column(column.name());
      case Expr.StarExpr _ ->
          throw Errors.at(expr.position(), SqlState.SYNTAX_ERROR, "\"*\" is not allowed here");
      case Expr.FieldAccess access -> field(access);
      case Expr.ArraySubscript subscript -> functions.subscript(subscript);
      case Expr.ArraySlice _ -> throw Errors.unsupported(expr.position(), "an array slice");
      case Expr.FunctionCall call -> {
        Optional<Expr> other = Regressions.rewrite(call);
        yield CaseCollations.bind(call, this, binding)
            .orElseGet(() -> other.isPresent() ? bind(other.get()) : functions.bind(call));
      }
      case Expr.SpecialFunction call -> functions.special(call);
      case Expr.UnaryExpr unary -> operators.unary(unary, bind(unary.operand()));
      case Expr.BinaryExpr binary -> binary(binary);
      case Expr.NotExpr not -> expressions.not(condition(not.operand()));
      case Expr.LogicalExpr logical -> logical(logical);
      case Expr.BetweenExpr between -> between(between);
      case Expr.InListExpr in -> inList(in);
      case Expr.InSubqueryExpr in -> subqueries.in(in);
      case Expr.LikeExpr like -> functions.like(like);
      case Expr.IsExpr is -> is(is);
      case Expr.DistinctFromExpr distinct -> distinctFrom(distinct);
      case Expr.QuantifiedComparison comparison -> subqueries.quantified(comparison);
      case Expr.CaseExpr choice -> choice(choice);
      case Expr.CastExpr cast -> cast(cast);
      case Expr.CollateExpr _ -> CaseCollations.bind(expr, this, binding).orElseThrow();
      case Expr.AtTimeZoneExpr zone ->
          functions.call(
              "timezone", List.of(bind(zone.zone()), bind(zone.value())), expr.position());
      case Expr.SubqueryExpr subquery -> subqueries.scalar(subquery);
      case Expr.ExistsExpr exists -> subqueries.exists(exists);
      case Expr.ArrayExpr _ -> throw Errors.unsupported(expr.position(), "an array constructor");
      case Expr.ArraySubqueryExpr array -> subqueries.array(array);
      case Expr.RowExpr _ -> throw Errors.unsupported(expr.position(), "a row expression here");
      case Expr.OuterMarkExpr _ ->
          throw Errors.at(
              expr.position(),
              SqlState.SYNTAX_ERROR,
              "Outer join operator (+) not allowed in operand of OR or IN.");
      case Expr.PriorExpr prior -> prior(prior);
      case Expr.CurrentOfExpr _ -> throw Errors.unsupported(expr.position(), "WHERE CURRENT OF");
    };
  }

  private RexNode prior(Expr.PriorExpr prior) {
    Clause above = clause.prior();
    if (above == null) {
      throw Errors.at(
          prior.position(), SqlState.SYNTAX_ERROR, "PRIOR is allowed in CONNECT BY only");
    }
    return queries.expressions(above).bind(prior.operand());
  }

  /// A column, or a part of a SUPER column where the name goes on into its value.
  private RexNode column(QualifiedName name) {
    ColumnNames columns = new ColumnNames(binding);
    List<Identifier> parts = name.parts();
    for (int end = 1; end < parts.size(); end++) {
      QualifiedName prefix = new QualifiedName(parts.subList(0, end));
      if (columns.isSuper(clause, name, prefix)) {
        RexNode value = columns.resolve(clause, prefix);
        for (Identifier member : parts.subList(end, parts.size())) {
          value = new SuperValues(binding, functions).member(value, member, name.position());
        }
        return value;
      }
    }
    return columns.resolve(clause, name);
  }

  /// There are no composite values but those of [ExpandedArrays], which are their `x`.
  private RexNode field(Expr.FieldAccess access) {
    RexNode base = bind(access.base());
    if (SuperValues.isSuper(base)) {
      return new SuperValues(binding, functions).member(base, access.field(), access.position());
    }
    if (typeOf(base).kind() == TypeKind.INTEGER && access.field().name().equals("x")) {
      return base;
    }
    throw Errors.at(
        access.position(),
        SqlState.WRONG_OBJECT_TYPE,
        "column notation ."
            + access.field().name()
            + " applied to type "
            + Errors.name(typeOf(base))
            + ", which is not a composite type");
  }

  private RexNode number(Expr.NumberLiteral literal) {
    if (literal.hasExponent()) {
      return expressions.literal(
          SqlType.DOUBLE, new Constant.DoubleValue(Double.parseDouble(literal.text())));
    }
    BigDecimal value = new BigDecimal(literal.text());
    SqlType type = numberType(literal, value);
    return LiteralText.number(value, type, true)
        .map(constant -> expressions.literal(type, constant))
        .orElseThrow(
            () ->
                Errors.at(
                    literal.position(),
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "numeric constant has more than 38 digits"));
  }

  private static SqlType numberType(Expr.NumberLiteral literal, BigDecimal value) {
    int digits = value.precision() - value.scale();
    if (literal.isInteger() && digits <= 19) {
      if (value.toBigInteger().bitLength() < Integer.SIZE) {
        return SqlType.INTEGER;
      }
      if (value.toBigInteger().bitLength() < Long.SIZE) {
        return SqlType.BIGINT;
      }
    }
    int scale = Math.min(value.scale(), SqlType.MAX_DECIMAL_SCALE);
    int precision = Math.clamp(Math.max(digits, 0) + scale, 1, SqlType.MAX_DECIMAL_PRECISION);
    return SqlType.decimal(precision, scale);
  }

  private RexNode typedLiteral(Expr.TypedLiteral literal) {
    if (literal.type().name().equals("interval")) {
      Optional<IntervalQualifier> qualifier = literal.type().interval();
      Expr.IntervalLiteral interval =
          new Expr.IntervalLiteral(literal.value(), qualifier, literal.position());
      return operators.interval(interval(interval), interval);
    }
    return castTo(expressions.unknown(literal.value()), literal.type(), literal.position());
  }

  private IntervalText interval(Expr.IntervalLiteral literal) {
    try {
      IntervalText read = IntervalText.parse(literal.value(), literal.qualifier());
      boolean composite = binding.context().session().compositeIntervals();
      return literal.qualifier().map(q -> read.within(q, composite)).orElse(read);
    } catch (ArithmeticException | NumberFormatException e) {
      throw Errors.at(
          literal.position(), SqlState.DATETIME_FIELD_OVERFLOW, "interval out of range");
    }
  }

  private RexNode parameter(Expr.ParameterRef parameter) {
    List<RexNode> arguments = clause.arguments();
    if (arguments != null) {
      if (parameter.number() > arguments.size() || parameter.number() < 1) {
        throw Errors.at(
            parameter.position(),
            SqlState.SYNTAX_ERROR,
            "there is no parameter $" + parameter.number());
      }
      return arguments.get(parameter.number() - 1);
    }
    int slot = binding.parameters().clientSlot(parameter.number());
    SqlType type = binding.parameters().type(slot);
    return expressions.builder().makeDynamicParam(expressions.type(type, true), slot);
  }

  private RexNode binary(Expr.BinaryExpr binary) {
    if (Comparisons.isComparison(binary.operator())) {
      CaseCollations.check(binary);
      return comparison(binary);
    }
    if (binary.operator().equals("^@")) {
      List<Expr> operands = List.of(binary.left(), binary.right());
      return functions.bind(Expr.FunctionCall.of("starts_with", operands, binary.position()));
    }
    if (binary.right() instanceof Expr.IntervalLiteral literal) {
      IntervalText interval = interval(literal);
      if (interval.isMixed() && (binary.operator().equals("+") || binary.operator().equals("-"))) {
        return operators.mixedInterval(bind(binary.left()), binary, interval);
      }
    }
    RexNode left = bind(binary.left());
    RexNode right = bind(binary.right());
    RexNode result = operators.binary(binary.operator(), left, right, binary.position());
    boolean months =
        isMonths(binary.left(), left) && typeOf(right).kind() == TypeKind.DATE
            || typeOf(left).kind() == TypeKind.DATE && isMonths(binary.right(), right);
    return months ? coercion.to(result, SqlType.DATE) : result;
  }

  /// Whether it is an INTERVAL YEAR TO MONTH, which leaves a date a date. A literal without
  /// qualifier is an interval of the older kind, which makes it a timestamp.
  private static boolean isMonths(Expr written, RexNode bound) {
    return typeOf(bound).kind() == TypeKind.INTERVAL_YEAR_MONTH
        && switch (written) {
          case Expr.IntervalLiteral literal -> literal.qualifier().isPresent();
          case Expr.TypedLiteral literal -> literal.type().interval().isPresent();
          case Expr.CastExpr cast -> cast.type().interval().isPresent();
          default -> true;
        };
  }

  private RexNode comparison(Expr.BinaryExpr binary) {
    if (binary.left() instanceof Expr.RowExpr left
        && binary.right() instanceof Expr.RowExpr right) {
      return rows(binary.operator(), left, right, binary.position());
    }
    return comparisons.compare(
        binary.operator(), bind(binary.left()), bind(binary.right()), binary.position());
  }

  private RexNode rows(String operator, Expr.RowExpr left, Expr.RowExpr right, int position) {
    if (left.elements().size() != right.elements().size()) {
      throw Errors.at(
          position, SqlState.SYNTAX_ERROR, "unequal number of entries in row expressions");
    }
    if (!operator.equals("=") && !operator.equals("<>")) {
      return ordered(operator, left, right, position);
    }
    List<RexNode> parts = new ArrayList<>();
    for (int i = 0; i < left.elements().size(); i++) {
      RexNode a = bind(left.elements().get(i));
      RexNode b = bind(right.elements().get(i));
      parts.add(comparisons.compare(operator, a, b, position));
    }
    return operator.equals("=") ? expressions.and(parts) : expressions.or(parts);
  }

  /// Rows compare by their first places that differ.
  private RexNode ordered(String operator, Expr.RowExpr left, Expr.RowExpr right, int position) {
    int last = left.elements().size() - 1;
    RexNode result = null;
    for (int i = last; i >= 0; i--) {
      RexNode a = bind(left.elements().get(i));
      RexNode b = bind(right.elements().get(i));
      if (result == null) {
        result = comparisons.compare(operator, a, b, position);
      } else {
        RexNode before = comparisons.compare(operator.substring(0, 1), a, b, position);
        RexNode same = comparisons.compare("=", a, b, position);
        result = expressions.or(List.of(before, expressions.and(List.of(same, result))));
      }
    }
    return Objects.requireNonNull(result);
  }

  private RexNode logical(Expr.LogicalExpr logical) {
    List<RexNode> operands = new ArrayList<>();
    for (Expr operand : logical.operands()) {
      RexNode node = bind(operand);
      if (typeOf(node).kind() == TypeKind.UNKNOWN) {
        node = coercion.to(node, SqlType.BOOLEAN);
      }
      if (typeOf(node).kind() != TypeKind.BOOLEAN) {
        throw Errors.notBoolean(operand.position(), logical.operator().name(), typeOf(node));
      }
      operands.add(node);
    }
    return logical.operator() == Expr.LogicalOperator.AND
        ? expressions.and(operands)
        : expressions.or(operands);
  }

  private RexNode between(Expr.BetweenExpr between) {
    RexNode value = expressions.shared(bind(between.value()));
    RexNode low = expressions.shared(bind(between.low()));
    RexNode high = expressions.shared(bind(between.high()));
    RexNode inside = range(value, low, high, between.position());
    if (between.symmetric()) {
      inside = expressions.or(List.of(inside, range(value, high, low, between.position())));
    }
    return between.negated() ? expressions.not(inside) : inside;
  }

  private RexNode range(RexNode value, RexNode low, RexNode high, int position) {
    return expressions.and(
        List.of(
            comparisons.compare(">=", value, low, position),
            comparisons.compare("<=", value, high, position)));
  }

  private RexNode inList(Expr.InListExpr in) {
    RexNode found;
    if (in.value() instanceof Expr.RowExpr row) {
      List<RexNode> choices = new ArrayList<>();
      for (Expr item : in.items()) {
        if (!(item instanceof Expr.RowExpr candidate)) {
          throw Errors.at(
              item.position(),
              SqlState.SYNTAX_ERROR,
              "unequal number of entries in row expressions");
        }
        choices.add(rows("=", row, candidate, in.position()));
      }
      found = expressions.or(choices);
    } else {
      found =
          comparisons.in(expressions.shared(bind(in.value())), bindAll(in.items()), in.position());
    }
    return in.negated() ? expressions.not(found) : found;
  }

  private RexNode is(Expr.IsExpr is) {
    RexNode value = bind(is.value());
    if (is.test() == Expr.IsTest.NULL) {
      RexNode operand = coercion.settled(value);
      return is.negated() ? expressions.isNotNull(operand) : expressions.isNull(operand);
    }
    RexNode operand =
        typeOf(value).kind() == TypeKind.UNKNOWN ? coercion.to(value, SqlType.BOOLEAN) : value;
    if (typeOf(operand).kind() != TypeKind.BOOLEAN) {
      throw Errors.notBoolean(is.position(), "IS " + is.test(), typeOf(operand));
    }
    return switch (is.test()) {
      case TRUE ->
          test(
              is.negated() ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE,
              operand);
      case FALSE ->
          test(
              is.negated() ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE,
              operand);
      case UNKNOWN, NULL ->
          is.negated() ? expressions.isNotNull(operand) : expressions.isNull(operand);
    };
  }

  private RexNode test(SqlOperator operator, RexNode operand) {
    return expressions.call(SqlType.BOOLEAN, false, operator, operand);
  }

  private RexNode distinctFrom(Expr.DistinctFromExpr expr) {
    List<RexNode> sides =
        comparisons.align("=", bind(expr.left()), bind(expr.right()), expr.position());
    return expressions.call(
        SqlType.BOOLEAN,
        false,
        expr.negated()
            ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM
            : SqlStdOperatorTable.IS_DISTINCT_FROM,
        sides.get(0),
        sides.get(1));
  }

  private RexNode choice(Expr.CaseExpr choice) {
    List<RexNode> conditions = new ArrayList<>();
    List<RexNode> values = new ArrayList<>();
    Optional<RexNode> operand = choice.operand().map(this::bind).map(expressions::shared);
    for (Expr.WhenClause branch : choice.branches()) {
      conditions.add(
          operand.isPresent()
              ? comparisons.compare(
                  "=", operand.get(), bind(branch.condition()), branch.condition().position())
              : truth(branch.condition()));
      values.add(bind(branch.result()));
    }
    values.add(
        choice.otherwise().map(this::bind).orElseGet(() -> expressions.nullOf(SqlType.UNKNOWN)));
    return expressions.cases(conditions, coercion.unify(values, "CASE", choice.position()));
  }

  private RexNode cast(Expr.CastExpr cast) {
    RexNode operand = bind(cast.operand());
    if (cast.form() == Expr.CastForm.TRY_CAST) {
      SqlType type = TypeResolver.resolve(cast.type());
      requireCastable(operand, type, cast.position());
      return CastOperator.OR_NULL.call(expressions.builder(), type, coercion.settled(operand));
    }
    return functions.code(cast).orElseGet(() -> castTo(operand, cast.type(), cast.position()));
  }

  private RexNode castTo(RexNode operand, TypeName name, int position) {
    boolean text = operand instanceof RexLiteral literal && !literal.isNull();
    if (text && name.name().equals("interval") && typeOf(operand).kind() == TypeKind.UNKNOWN) {
      String value = Coercion.text((RexLiteral) operand);
      Expr.IntervalLiteral interval = new Expr.IntervalLiteral(value, name.interval(), position);
      return operators.interval(interval(interval), interval);
    }
    SqlType type = TypeResolver.resolve(name);
    requireCastable(operand, type, position);
    if (TypeConversions.isOid(type) && typeOf(operand).kind().isString()
        || type.kind() == TypeKind.REGCLASS && typeOf(operand).kind() == TypeKind.UNKNOWN) {
      return functions.catalogName(operand, type, position);
    }
    return coercion.to(
        operand, typeOf(operand).caseInsensitive() ? type.withCaseInsensitive(true) : type);
  }

  private static void requireCastable(RexNode operand, SqlType type, int position) {
    if (!TypeConversions.isCastable(typeOf(operand), type)) {
      throw Errors.cannotCast(position, typeOf(operand), type);
    }
  }
}
