package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.CastOperator;
import io.redward.leader.sql.ast.Expr;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/// `COLLATE(x, 'case_insensitive')` and `x COLLATE case_insensitive`: the value in a type that
/// compares so.
final class CaseCollations {
  private static final String SENSITIVE = "case_sensitive";
  private static final String INSENSITIVE = "case_insensitive";

  private static final String DIFFERENT = "Query with different collations is not supported yet.";

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

  /// Refuses a comparison of values for which different collations are written.
  static void check(Expr.BinaryExpr written) {
    Optional<Collated> left = collated(written.left());
    Optional<Collated> right = collated(written.right());
    if (left.isPresent()
        && right.isPresent()
        && left.get().insensitive() != right.get().insensitive()) {
      throw Errors.at(written.position(), SqlState.FEATURE_NOT_SUPPORTED, DIFFERENT);
    }
  }

  /// Refuses, in strict mode, to bring values together of which some go by case and others do not.
  /// Constants go with the others.
  static void check(List<RexNode> values, Binding binding, int position) {
    if (!binding.context().session().strict()) {
      return;
    }
    boolean insensitive = false;
    boolean sensitive = false;
    for (RexNode value : values) {
      if (!RexUtil.isConstant(value) && Expressions.typeOf(value).kind().isString()) {
        insensitive |= Expressions.typeOf(value).caseInsensitive();
        sensitive |= !Expressions.typeOf(value).caseInsensitive();
      }
    }
    if (insensitive && sensitive) {
      throw Errors.at(position, SqlState.FEATURE_NOT_SUPPORTED, DIFFERENT);
    }
  }

  /// Refuses SUPER beside a value that does not go by case.
  static void checkDynamic(RexNode value, int position) {
    if (Expressions.typeOf(value).caseInsensitive()) {
      throw Errors.at(
          position,
          SqlState.FEATURE_NOT_SUPPORTED,
          "Coercing from case insensitive string to SUPER is not supported.");
    }
  }

  /// A value with a written collation, empty if none is written.
  static Optional<RexNode> bind(Expr expr, ExpressionBinder binder, Binding binding) {
    return collated(expr)
        .map(
            collated -> {
              if (collated.insensitive()) {
                binding.usesInsensitiveCollation();
              }
              RexNode value = binding.coercion().settled(binder.bind(collated.value()));
              SqlType type = Expressions.typeOf(value);
              SqlType wanted =
                  type.kind() == TypeKind.TEXT || type.kind() == TypeKind.NAME
                      ? SqlType.varchar(SqlType.MAX_VARCHAR_BYTES)
                      : type;
              if (wanted.kind() != TypeKind.VARCHAR && wanted.kind() != TypeKind.CHAR) {
                throw Errors.at(
                    expr.position(),
                    SqlState.DATATYPE_MISMATCH,
                    "collations are not supported by type " + Errors.name(type));
              }
              return CastOperator.EXPLICIT.call(
                  binding.expressions().builder(),
                  wanted.withCaseInsensitive(collated.insensitive()),
                  value);
            });
  }
}
