package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import com.google.common.collect.ImmutableList;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Query;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Subqueries in expressions.
final class Subqueries {
  private final ExpressionBinder binder;
  private final QueryBinder queries;
  private final Clause clause;
  private final Expressions expressions;
  private final FunctionCalls functions;

  Subqueries(ExpressionBinder binder, QueryBinder queries, Clause clause, FunctionCalls functions) {
    this.binder = binder;
    this.queries = queries;
    this.clause = clause;
    this.functions = functions;
    expressions = queries.binding().expressions();
  }

  private RelNode bind(Query query) {
    return queries.bindSettled(query, clause, clause.commonTables()).rel();
  }

  RexNode scalar(Expr.SubqueryExpr subquery) {
    RelNode rel = bind(subquery.query());
    if (rel.getRowType().getFieldCount() != 1) {
      throw Errors.at(
          subquery.position(), SqlState.SYNTAX_ERROR, "subquery must return only one column");
    }
    return RexSubQuery.scalar(rel);
  }

  RexNode exists(Expr.ExistsExpr exists) {
    return RexSubQuery.exists(bind(exists.query()));
  }

  RexNode in(Expr.InSubqueryExpr in) {
    List<Expr> left = in.value() instanceof Expr.RowExpr row ? row.elements() : List.of(in.value());
    Sides sides = align("=", binder.bindAll(left), bind(in.query()), in.position());
    RexNode found = RexSubQuery.in(sides.rel(), ImmutableList.copyOf(sides.left()));
    return in.negated() ? expressions.not(found) : found;
  }

  RexNode quantified(Expr.QuantifiedComparison comparison) {
    if (!(comparison.right() instanceof Expr.SubqueryExpr subquery)) {
      return overArray(comparison);
    }
    boolean all = comparison.quantifier() == Expr.Quantifier.ALL;
    if (comparison.left() instanceof Expr.RowExpr row) {
      return new QuantifiedRows(binder).bind(row, comparison, subquery.query());
    }
    String operator = all ? negation(comparison.operator()) : comparison.operator();
    if (!Comparisons.isComparison(operator)) {
      throw Errors.unsupported(comparison.position(), "ANY or ALL with " + operator);
    }
    Sides sides =
        align(
            operator,
            List.of(binder.bind(comparison.left())),
            bind(subquery.query()),
            comparison.position());
    ImmutableList<RexNode> left = ImmutableList.copyOf(sides.left());
    RexNode any =
        operator.equals("=")
            ? RexSubQuery.in(sides.rel(), left)
            : RexSubQuery.some(sides.rel(), left, some(operator));
    return all ? expressions.not(any) : any;
  }

  private RexNode overArray(Expr.QuantifiedComparison comparison) {
    boolean any = comparison.quantifier() == Expr.Quantifier.ANY;
    boolean membership =
        any ? comparison.operator().equals("=") : comparison.operator().equals("<>");
    if (membership
        && comparison.right() instanceof Expr.ArrayExpr list
        && !list.elements().isEmpty()) {
      return binder.bind(
          new Expr.InListExpr(comparison.left(), list.elements(), !any, comparison.position()));
    }
    RexNode array = binder.bind(comparison.right());
    if (!membership || !(CatalogArrays.isArray(array) || CatalogArrays.isVector(array))) {
      throw Errors.unsupported(
          comparison.position(), "ANY or ALL over anything but a subquery or catalog array");
    }
    RexNode found =
        new CatalogArrays(queries.binding(), functions)
            .contains(array, binder.bind(comparison.left()), comparison.position());
    return any ? found : expressions.not(found);
  }

  /// `x op ALL (q)` is `NOT (x negated-op ANY (q))`.
  static String negation(String operator) {
    return switch (operator) {
      case "=" -> "<>";
      case "<>" -> "=";
      case "<" -> ">=";
      case "<=" -> ">";
      case ">" -> "<=";
      case ">=" -> "<";
      default -> operator;
    };
  }

  private static SqlQuantifyOperator some(String operator) {
    return switch (operator) {
      case "<>" -> SqlStdOperatorTable.SOME_NE;
      case "<" -> SqlStdOperatorTable.SOME_LT;
      case "<=" -> SqlStdOperatorTable.SOME_LE;
      case ">" -> SqlStdOperatorTable.SOME_GT;
      case ">=" -> SqlStdOperatorTable.SOME_GE;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  /// `ARRAY(SELECT ...)`.
  RexNode array(Expr.ArraySubqueryExpr array) {
    RelNode rel = bind(array.query());
    if (rel.getRowType().getFieldCount() != 1) {
      throw Errors.at(
          array.position(), SqlState.SYNTAX_ERROR, "subquery must return only one column");
    }
    return new CatalogArrays(queries.binding(), functions).of(rel, array.position());
  }

  /// Values and the subquery's columns that they are compared with, with like types.
  private record Sides(List<RexNode> left, RelNode rel) {}

  private Sides align(String operator, List<RexNode> left, RelNode rel, int position) {
    int columns = rel.getRowType().getFieldCount();
    if (columns != left.size()) {
      String few = columns < left.size() ? "few" : "many";
      throw Errors.at(position, SqlState.SYNTAX_ERROR, "subquery has too " + few + " columns");
    }
    List<RexNode> values = new ArrayList<>();
    List<RexNode> fields = new ArrayList<>();
    List<RexNode> sources = queries.sources(rel);
    for (int i = 0; i < columns; i++) {
      RexNode column = expressions.column(rel, i);
      List<RexNode> sides = binder.comparisons().align(operator, left.get(i), column, position);
      values.add(sides.get(0));
      fields.add(
          sides.get(1).equals(column)
              ? sources.get(i)
              : queries.binding().coercion().to(sources.get(i), typeOf(sides.get(1))));
    }
    return new Sides(values, queries.withFields(rel, fields));
  }
}
