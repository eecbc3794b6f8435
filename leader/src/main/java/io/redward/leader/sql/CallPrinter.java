package io.redward.leader.sql;

import io.redward.leader.sql.ast.CallClauses;
import io.redward.leader.sql.ast.CallClauses.NullTreatment;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.FunctionCall;
import io.redward.leader.sql.ast.SortItem;
import io.redward.leader.sql.ast.WindowSpec;
import java.util.List;

/// Calls, windows and ORDER BY to text.
final class CallPrinter {
  private final StringBuilder out;
  private final ExprPrinter exprs;

  CallPrinter(StringBuilder out, ExprPrinter exprs) {
    this.out = out;
    this.exprs = exprs;
  }

  void call(FunctionCall call) {
    CallClauses clauses = call.clauses();
    out.append(clauses.approximate() ? "APPROXIMATE " : "");
    if (isPosition(call)) {
      out.append("POSITION(");
      exprs.operand(call.arguments().get(1));
      out.append(" IN ");
      exprs.operand(call.arguments().get(0));
    } else {
      NamePrinter.function(out, call.name());
      out.append('(').append(clauses.distinct() ? "DISTINCT " : "");
      out.append(clauses.star() ? "*" : "");
      exprs.list(call.arguments());
      orderBy(call.arguments().isEmpty() ? "" : " ", clauses.orderBy());
    }
    out.append(')');
    if (!clauses.withinGroup().isEmpty()) {
      out.append(" WITHIN GROUP (");
      orderBy("", clauses.withinGroup());
      out.append(')');
    }
    clauses
        .filter()
        .ifPresent(
            filter -> {
              out.append(" FILTER (WHERE ");
              exprs.print(filter);
              out.append(')');
            });
    if (clauses.nulls() != NullTreatment.UNSTATED) {
      out.append(clauses.nulls() == NullTreatment.IGNORE ? " IGNORE NULLS" : " RESPECT NULLS");
    }
    call.over()
        .ifPresent(
            window -> {
              out.append(" OVER ");
              over(window);
            });
  }

  /// POSITION takes its arguments the other way round between words.
  private static boolean isPosition(FunctionCall call) {
    return call.name().isSimple()
        && call.name().last().name().equals("position")
        && call.arguments().size() == 2;
  }

  private void over(WindowSpec window) {
    boolean named =
        window.reference().isPresent()
            && window.partitionBy().isEmpty()
            && window.orderBy().isEmpty()
            && window.frame().isEmpty();
    if (named) {
      NamePrinter.name(out, window.reference().orElseThrow());
    } else {
      window(window);
    }
  }

  /// `( [name] PARTITION BY … ORDER BY … frame )`.
  void window(WindowSpec window) {
    out.append('(');
    String gap = "";
    if (window.reference().isPresent()) {
      NamePrinter.name(out, window.reference().get());
      gap = " ";
    }
    if (!window.partitionBy().isEmpty()) {
      out.append(gap).append("PARTITION BY ");
      exprs.list(window.partitionBy());
      gap = " ";
    }
    if (!window.orderBy().isEmpty()) {
      orderBy(gap, window.orderBy());
      gap = " ";
    }
    if (window.frame().isPresent()) {
      WindowSpec.Frame frame = window.frame().get();
      out.append(gap).append(frame.unit()).append(" BETWEEN ");
      bound(frame.start());
      out.append(" AND ");
      bound(frame.end());
    }
    out.append(')');
  }

  private void bound(WindowSpec.Bound bound) {
    bound
        .offset()
        .ifPresent(
            offset -> {
              exprs.operand(offset);
              out.append(' ');
            });
    out.append(bound.kind().name().replace('_', ' '));
  }

  /// ORDER BY behind `gap`, or nothing.
  void orderBy(String gap, List<SortItem> items) {
    for (int i = 0; i < items.size(); i++) {
      SortItem item = items.get(i);
      out.append(i == 0 ? gap + "ORDER BY " : ", ");
      if (item.expr() instanceof Expr.StarExpr) {
        out.append("ALL");
      } else {
        exprs.print(item.expr());
      }
      out.append(item.descending() ? " DESC" : "");
      item.nullsFirst().ifPresent(first -> out.append(first ? " NULLS FIRST" : " NULLS LAST"));
    }
  }
}
