package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.Expr;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `COLLATE(x, 'case_insensitive')` and `x COLLATE case_insensitive`. A comparison with one is one
/// of lower-case letters: `collate(a, 'ci') = b` becomes `lower(a) = lower(b)`. Elsewhere it is
/// refused, as are columns and databases that compare this way, since their order and their groups
/// would be wrong.
final class CaseCollations {
  private static final String SENSITIVE = "case_sensitive";
  private static final String INSENSITIVE = "case_insensitive";

  private CaseCollations() {}

  /// A value whose collation is written.
  private record Collated(Expr value, boolean insensitive) {}

  private static Optional<Collated> collated(Expr expr) {
    if (expr instanceof Expr.CollateExpr collate) {
      String name = collate.collation().last().name();
      return Optional.of(new Collated(collate.operand(), name.equals(INSENSITIVE)));
    }
    boolean function =
        expr instanceof Expr.FunctionCall call
            && call.name().last().name().equals("collate")
            && call.arguments().size() == 2;
    if (!function) {
      return Optional.empty();
    }
    List<Expr> arguments = ((Expr.FunctionCall) expr).arguments();
    if (!(arguments.get(1) instanceof Expr.StringLiteral name)) {
      throw unknown(expr, "");
    }
    String collation = name.value().strip().toLowerCase(Locale.ROOT);
    if (!collation.equals(SENSITIVE) && !collation.equals(INSENSITIVE)) {
      throw unknown(expr, collation);
    }
    return Optional.of(new Collated(arguments.getFirst(), collation.equals(INSENSITIVE)));
  }

  private static SqlException unknown(Expr expr, String name) {
    return Errors.at(
        expr.position(),
        SqlState.INVALID_PARAMETER_VALUE,
        "Collation \"" + name + "\" is not case_sensitive or case_insensitive");
  }

  /// The comparison without a written collation; the same if it has none.
  static Expr.BinaryExpr comparison(Expr.BinaryExpr written) {
    Optional<Collated> left = collated(written.left());
    Optional<Collated> right = collated(written.right());
    if (left.isEmpty() && right.isEmpty()) {
      return written;
    }
    if (left.isPresent()
        && right.isPresent()
        && left.get().insensitive() != right.get().insensitive()) {
      throw Errors.at(
          written.position(),
          SqlState.FEATURE_NOT_SUPPORTED,
          "Query with different collations is not supported yet.");
    }
    boolean insensitive =
        left.map(Collated::insensitive).orElse(false)
            || right.map(Collated::insensitive).orElse(false);
    return new Expr.BinaryExpr(
        operand(left.map(Collated::value).orElse(written.left()), insensitive),
        written.operator(),
        operand(right.map(Collated::value).orElse(written.right()), insensitive),
        written.position());
  }

  private static Expr operand(Expr value, boolean insensitive) {
    return insensitive ? Expr.FunctionCall.of("lower", List.of(value), value.position()) : value;
  }

  /// The value of a written collation outside a comparison, empty if none is written.
  ///
  /// @throws SqlException 0A000 if it is not case-sensitive
  static Optional<Expr> plain(Expr expr) {
    Optional<Collated> collated = collated(expr);
    if (collated.isPresent() && collated.get().insensitive()) {
      throw Errors.unsupported(
          expr.position(), "a case-insensitive collation outside a comparison");
    }
    return collated.map(Collated::value);
  }
}
