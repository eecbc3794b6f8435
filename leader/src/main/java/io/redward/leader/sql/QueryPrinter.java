package io.redward.leader.sql;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.ConnectBy;
import io.redward.leader.sql.ast.QueryBody.GroupBy;
import io.redward.leader.sql.ast.QueryBody.GroupingItem;
import io.redward.leader.sql.ast.QueryBody.NestedQuery;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import io.redward.leader.sql.ast.QueryBody.SelectQuery;
import io.redward.leader.sql.ast.QueryBody.SetOperation;
import io.redward.leader.sql.ast.QueryBody.ValuesQuery;
import io.redward.leader.sql.ast.WithClause;
import java.util.List;
import java.util.Optional;

/// Queries to text.
final class QueryPrinter {
  private final StringBuilder out;
  private final ExprPrinter exprs;
  private final TablePrinter tables;

  QueryPrinter(StringBuilder out) {
    this.out = out;
    this.exprs = new ExprPrinter(out, this);
    this.tables = new TablePrinter(out, this);
  }

  ExprPrinter exprs() {
    return exprs;
  }

  void parenthesised(Query query) {
    out.append('(');
    query(query);
    out.append(')');
  }

  void query(Query query) {
    query.with().ifPresent(this::with);
    body(query.body());
    exprs.calls().orderBy(" ", query.orderBy());
    clause(" LIMIT ", query.limit());
    clause(" OFFSET ", query.offset());
    out.append(query.forUpdate() ? " FOR UPDATE" : "");
  }

  private void clause(String words, Optional<Expr> expr) {
    expr.ifPresent(
        present -> {
          out.append(words);
          exprs.print(present);
        });
  }

  private void with(WithClause with) {
    out.append(with.recursive() ? "WITH RECURSIVE " : "WITH ");
    for (int i = 0; i < with.tables().size(); i++) {
      WithClause.CommonTable table = with.tables().get(i);
      out.append(i > 0 ? ", " : "");
      NamePrinter.name(out, table.name());
      if (!table.columns().isEmpty()) {
        out.append(' ');
        NamePrinter.columns(out, table.columns());
      }
      out.append(" AS ");
      parenthesised(table.query());
    }
    out.append(' ');
  }

  private void body(QueryBody body) {
    switch (body) {
      case SelectQuery select -> select(select);
      case SetOperation operation -> setOperation(operation);
      case ValuesQuery values -> values(values);
      case NestedQuery nested -> parenthesised(nested.query());
    }
  }

  private void setOperation(SetOperation operation) {
    for (int i = 0; i < operation.branches().size(); i++) {
      Query branch = operation.branches().get(i);
      if (i > 0) {
        out.append(' ').append(operation.operator()).append(operation.all() ? " ALL " : " ");
        out.append(operation.byName() ? "BY NAME " : "");
      }
      if (branch.isBare() && !(branch.body() instanceof SetOperation)) {
        body(branch.body());
      } else {
        parenthesised(branch);
      }
    }
  }

  private void values(ValuesQuery values) {
    out.append("VALUES ");
    for (int i = 0; i < values.rows().size(); i++) {
      out.append(i > 0 ? ", (" : "(");
      exprs.list(values.rows().get(i));
      out.append(')');
    }
  }

  private void select(SelectQuery select) {
    out.append("SELECT ");
    select
        .distinct()
        .ifPresent(
            distinct -> {
              out.append("DISTINCT ");
              if (!distinct.on().isEmpty()) {
                out.append("ON (");
                exprs.list(distinct.on());
                out.append(") ");
              }
            });
    select.top().ifPresent(this::top);
    items(select.items());
    out.append(select.trailingComma() ? "," : "");
    select
        .into()
        .ifPresent(
            into -> {
              out.append(into.temporary() ? " INTO TEMP TABLE " : " INTO TABLE ");
              NamePrinter.name(out, into.name());
            });
    for (int i = 0; i < select.from().size(); i++) {
      out.append(i > 0 ? ", " : " FROM ");
      tables.table(select.from().get(i));
    }
    clause(" WHERE ", select.where());
    select.connectBy().ifPresent(this::connectBy);
    select.groupBy().ifPresent(this::groupBy);
    clause(" HAVING ", select.having());
    clause(" QUALIFY ", select.qualify());
    for (int i = 0; i < select.windows().size(); i++) {
      out.append(i > 0 ? ", " : " WINDOW ");
      NamePrinter.name(out, select.windows().get(i).name());
      out.append(" AS ");
      exprs.calls().window(select.windows().get(i).spec());
    }
  }

  private void top(Expr count) {
    boolean number = count instanceof Expr.NumberLiteral;
    out.append(number ? "TOP " : "TOP (");
    exprs.print(count);
    out.append(number ? " " : ") ");
  }

  void items(List<SelectItem> items) {
    for (int i = 0; i < items.size(); i++) {
      out.append(i > 0 ? ", " : "");
      exprs.print(items.get(i).expr());
      items
          .get(i)
          .alias()
          .ifPresent(
              alias -> {
                out.append(" AS ");
                NamePrinter.name(out, alias);
              });
    }
  }

  private void connectBy(ConnectBy connectBy) {
    clause(" START WITH ", connectBy.startWith());
    out.append(connectBy.noCycle() ? " CONNECT BY NOCYCLE " : " CONNECT BY ");
    exprs.print(connectBy.condition());
  }

  private void groupBy(GroupBy groupBy) {
    out.append(" GROUP BY ");
    if (groupBy.all()) {
      out.append("ALL");
    } else {
      grouping(groupBy.items());
    }
  }

  private void grouping(List<GroupingItem> items) {
    for (int i = 0; i < items.size(); i++) {
      out.append(i > 0 ? ", " : "");
      switch (items.get(i)) {
        case GroupingItem.SimpleGrouping simple when simple.exprs().size() == 1 ->
            exprs.print(simple.exprs().getFirst());
        case GroupingItem.SimpleGrouping simple -> {
          out.append('(');
          exprs.list(simple.exprs());
          out.append(')');
        }
        case GroupingItem.Rollup rollup -> nestedGrouping("ROLLUP (", rollup.items());
        case GroupingItem.Cube cube -> nestedGrouping("CUBE (", cube.items());
        case GroupingItem.GroupingSets sets -> nestedGrouping("GROUPING SETS (", sets.items());
      }
    }
  }

  private void nestedGrouping(String words, List<GroupingItem> items) {
    out.append(words);
    grouping(items);
    out.append(')');
  }
}
