package io.redward.leader.sql;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Moment;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.ast.TableRef.DerivedTable;
import io.redward.leader.sql.ast.TableRef.JoinCondition;
import io.redward.leader.sql.ast.TableRef.JoinKind;
import io.redward.leader.sql.ast.TableRef.JoinedTable;
import io.redward.leader.sql.ast.TableRef.NamedTable;
import io.redward.leader.sql.ast.TableRef.PivotedTable;
import io.redward.leader.sql.ast.TableRef.TableAlias;
import io.redward.leader.sql.ast.TableRef.TableFunction;
import io.redward.leader.sql.ast.TableRef.UnnestedArray;
import io.redward.leader.sql.ast.TableRef.UnpivotedObject;
import io.redward.leader.sql.ast.TableRef.UnpivotedTable;
import java.util.Optional;

/// Items of FROM to text.
final class TablePrinter {
  private final StringBuilder out;
  private final QueryPrinter queries;

  TablePrinter(StringBuilder out, QueryPrinter queries) {
    this.out = out;
    this.queries = queries;
  }

  private void moment(Moment moment) {
    out.append(" AT (").append(moment.kind().name()).append(" => ");
    queries.exprs().print(moment.value());
    out.append(')');
  }

  void table(TableRef table) {
    switch (table) {
      case NamedTable named -> {
        NamePrinter.name(out, named.name());
        named.moment().ifPresent(this::moment);
        alias(named.alias());
      }
      case TableRef.FileTable file -> {
        NamePrinter.string(out, file.location());
        alias(file.alias());
      }
      case DerivedTable derived -> {
        out.append(derived.lateral() ? "LATERAL " : "");
        queries.parenthesised(derived.query());
        alias(derived.alias());
      }
      case TableFunction function -> {
        out.append(function.lateral() ? "LATERAL " : "");
        queries.exprs().calls().call(function.call());
        out.append(function.withOrdinality() ? " WITH ORDINALITY" : "");
        alias(function.alias());
      }
      case UnnestedArray array -> array(array);
      case UnpivotedObject object -> {
        out.append("UNPIVOT ");
        queries.exprs().print(object.path());
        named(" AS ", object.value());
        named(" AT ", object.attribute());
      }
      case JoinedTable join when join.alias().isPresent() -> {
        out.append('(');
        join(join);
        out.append(')');
        alias(join.alias());
      }
      case JoinedTable join -> join(join);
      case PivotedTable pivot -> pivot(pivot);
      case UnpivotedTable unpivot -> unpivot(unpivot);
    }
  }

  private void named(String words, Optional<Identifier> name) {
    name.ifPresent(
        present -> {
          out.append(words);
          NamePrinter.name(out, present);
        });
  }

  /// Bare where it cannot be taken for a table: a name of two parts alone could be one.
  private void array(UnnestedArray array) {
    boolean path =
        array.path() instanceof Expr.ColumnRef column
                && !column.name().isSimple()
                && array.at().isPresent()
            || array.path() instanceof Expr.ArraySubscript
            || array.path() instanceof Expr.FieldAccess;
    out.append(path ? "" : "UNNEST(");
    queries.exprs().print(array.path());
    out.append(path ? "" : ")");
    alias(array.alias());
    named(" AT ", array.at());
  }

  /// A join as one side of another, or under PIVOT, goes between parentheses.
  private void operand(TableRef table, boolean parenthesiseJoins) {
    boolean parentheses =
        parenthesiseJoins && table instanceof JoinedTable join && join.alias().isEmpty();
    out.append(parentheses ? "(" : "");
    table(table);
    out.append(parentheses ? ")" : "");
  }

  private void join(JoinedTable join) {
    operand(join.left(), false);
    out.append(join.condition() instanceof JoinCondition.Natural ? " NATURAL" : "");
    out.append(join.kind() == JoinKind.INNER ? " JOIN " : " " + join.kind() + " JOIN ");
    operand(join.right(), true);
    switch (join.condition()) {
      case JoinCondition.On on -> {
        out.append(" ON ");
        queries.exprs().print(on.condition());
      }
      case JoinCondition.Using using -> {
        out.append(" USING ");
        NamePrinter.columns(out, using.columns());
      }
      case JoinCondition.Natural _, JoinCondition.Unconditional _ -> {
        // Said by the words before.
      }
    }
  }

  private void alias(Optional<TableAlias> alias) {
    if (alias.isEmpty()) {
      return;
    }
    TableAlias present = alias.get();
    out.append(" AS ");
    NamePrinter.name(out, present.name());
    if (present.columns().isEmpty()) {
      return;
    }
    out.append(' ');
    if (present.columnTypes().isEmpty()) {
      NamePrinter.columns(out, present.columns());
      return;
    }
    for (int i = 0; i < present.columns().size(); i++) {
      out.append(i > 0 ? ", " : "(");
      NamePrinter.name(out, present.columns().get(i));
      out.append(' ');
      NamePrinter.type(out, present.columnTypes().get(i));
    }
    out.append(')');
  }

  private void pivot(PivotedTable pivot) {
    operand(pivot.source(), true);
    out.append(" PIVOT (");
    queries.items(pivot.aggregates());
    out.append(" FOR ");
    queries.exprs().print(pivot.column());
    out.append(" IN (");
    queries.items(pivot.values());
    out.append("))");
    alias(pivot.alias());
  }

  private void unpivot(UnpivotedTable unpivot) {
    operand(unpivot.source(), true);
    out.append(unpivot.includeNulls() ? " UNPIVOT INCLUDE NULLS (" : " UNPIVOT (");
    NamePrinter.name(out, unpivot.valueColumn());
    out.append(" FOR ");
    NamePrinter.name(out, unpivot.nameColumn());
    out.append(" IN (");
    queries.items(unpivot.columns());
    out.append("))");
    alias(unpivot.alias());
  }
}
