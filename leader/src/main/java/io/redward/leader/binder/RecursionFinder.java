package io.redward.leader.binder;

import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.ast.WithClause;
import java.util.List;

/// Tells whether a WITH RECURSIVE query reads itself.
final class RecursionFinder {
  private RecursionFinder() {}

  /// Whether `name` stands in a FROM of the query, or of a query in its WITH.
  static boolean names(Query query, String name) {
    List<WithClause.CommonTable> tables = query.with().map(WithClause::tables).orElse(List.of());
    for (WithClause.CommonTable table : tables) {
      if (names(table.query(), name)) {
        return true;
      }
      if (table.name().name().equals(name)) {
        return false;
      }
    }
    return switch (query.body()) {
      case QueryBody.SelectQuery select ->
          select.from().stream().anyMatch(item -> names(item, name));
      case QueryBody.SetOperation set ->
          set.branches().stream().anyMatch(branch -> names(branch, name));
      case QueryBody.NestedQuery nested -> names(nested.query(), name);
      case QueryBody.ValuesQuery _ -> false;
    };
  }

  private static boolean names(TableRef item, String name) {
    return switch (item) {
      case TableRef.NamedTable table ->
          table.name().isSimple() && table.name().last().name().equals(name);
      case TableRef.DerivedTable derived -> names(derived.query(), name);
      case TableRef.JoinedTable join -> names(join.left(), name) || names(join.right(), name);
      case TableRef.PivotedTable pivot -> names(pivot.source(), name);
      case TableRef.UnpivotedTable unpivot -> names(unpivot.source(), name);
      case TableRef.FileTable _,
          TableRef.TableFunction _,
          TableRef.UnnestedArray _,
          TableRef.UnpivotedObject _ ->
          false;
    };
  }
}
