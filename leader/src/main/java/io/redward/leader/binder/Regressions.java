package io.redward.leader.binder;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The aggregates of pairs that PostgreSQL has and Redshift has not, CORR, COVAR_POP, REGR_SLOPE
/// and their kind, as expressions of sums over the rows in which both values are there.
final class Regressions {
  private static final Set<String> NAMES =
      Set.of(
          "corr",
          "covar_pop",
          "covar_samp",
          "regr_avgx",
          "regr_avgy",
          "regr_count",
          "regr_intercept",
          "regr_r2",
          "regr_slope",
          "regr_sxx",
          "regr_sxy",
          "regr_syy");

  private final Expr.FunctionCall call;
  private final Expr y;
  private final Expr x;

  private Regressions(Expr.FunctionCall call) {
    this.call = call;
    Expr first = call.arguments().get(0);
    Expr second = call.arguments().get(1);
    y = where(second, real(first));
    x = where(first, real(second));
  }

  /// The expression of a call, if it is one of these.
  static Optional<Expr> rewrite(Expr.FunctionCall call) {
    String name = call.name().last().name();
    return call.name().isSimple() && NAMES.contains(name) && call.arguments().size() == 2
        ? Optional.of(new Regressions(call).expression(name))
        : Optional.empty();
  }

  private Expr expression(String name) {
    return switch (name) {
      case "regr_count" -> count();
      case "regr_avgx" -> aggregate("avg", x);
      case "regr_avgy" -> aggregate("avg", y);
      case "regr_sxx" -> squares(x, x);
      case "regr_syy" -> squares(y, y);
      case "regr_sxy" -> squares(x, y);
      case "regr_slope" -> binary(squares(x, y), "/", orNull(squares(x, x)));
      case "regr_intercept" ->
          binary(
              binary(
                  aggregate("sum", y),
                  "-",
                  binary(
                      aggregate("sum", x), "*", binary(squares(x, y), "/", orNull(squares(x, x))))),
              "/",
              count());
      case "regr_r2" -> determination();
      case "covar_pop" -> binary(squares(x, y), "/", orNull(count()));
      case "covar_samp" -> binary(squares(x, y), "/", orNull(binary(count(), "-", number("1"))));
      default ->
          binary(
              squares(x, y),
              "/",
              orNull(plain("sqrt", plain("abs", binary(squares(x, x), "*", squares(y, y))))));
    };
  }

  /// 1 where all y are the same, and nothing where all x are.
  private Expr determination() {
    Expr zero = number("0");
    Expr none = new Expr.NullLiteral(call.position());
    Expr ratio =
        binary(
            binary(squares(x, y), "*", squares(x, y)),
            "/",
            binary(squares(x, x), "*", squares(y, y)));
    return new Expr.CaseExpr(
        Optional.empty(),
        List.of(
            new Expr.WhenClause(binary(squares(x, x), "=", zero), none),
            new Expr.WhenClause(binary(squares(y, y), "=", zero), real(number("1")))),
        Optional.of(ratio),
        call.position());
  }

  /// The sum of products of what the values are off their means.
  private Expr squares(Expr a, Expr b) {
    Expr product = aggregate("sum", binary(a, "*", b));
    Expr means = binary(aggregate("sum", a), "*", aggregate("sum", b));
    return binary(product, "-", binary(means, "/", orNull(count())));
  }

  private Expr count() {
    return aggregate("count", binary(x, "+", y));
  }

  private Expr aggregate(String name, Expr argument) {
    return new Expr.FunctionCall(
        QualifiedName.of(Identifier.of(name, call.position())),
        List.of(argument),
        call.clauses(),
        call.over(),
        call.position());
  }

  private Expr where(Expr present, Expr value) {
    Expr test = new Expr.IsExpr(present, Expr.IsTest.NULL, true, call.position());
    return new Expr.CaseExpr(
        Optional.empty(),
        List.of(new Expr.WhenClause(test, value)),
        Optional.empty(),
        call.position());
  }

  private Expr real(Expr value) {
    TypeName type = TypeName.of("double precision", call.position());
    return new Expr.CastExpr(value, type, Expr.CastForm.CAST, call.position());
  }

  private Expr orNull(Expr value) {
    return plain("nullif", value, number("0"));
  }

  private Expr plain(String name, Expr... arguments) {
    return Expr.FunctionCall.of(name, List.of(arguments), call.position());
  }

  private Expr number(String text) {
    return new Expr.NumberLiteral(text, call.position());
  }

  private Expr binary(Expr left, String operator, Expr right) {
    return new Expr.BinaryExpr(left, operator, right, call.position());
  }
}
