package io.redward.leader.binder;

import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.TableRef;

/// Tells whether a WITH RECURSIVE query reads itself.
final class RecursionFinder {
  private RecursionFinder() {}

  /// Whether `name` stands in a FROM of the query.
  static boolean names(Query query, String name) {
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
