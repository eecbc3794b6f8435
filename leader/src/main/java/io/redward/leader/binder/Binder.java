package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.leader.binder.BoundStatement.BoundQuery;
import io.redward.leader.binder.BoundStatement.OutputColumn;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/// Gives a statement its meaning: every name an object of the catalog, every expression a type, the
/// whole an operator tree of the algebra.
public final class Binder {
  private Binder() {}

  /// Binds a statement that reads or writes rows: a query, INSERT, UPDATE, DELETE or MERGE.
  ///
  /// @param planner what the tree is made with; the same is needed to optimize it
  /// @throws io.redward.foundation.base.SqlException with the position of what is wrong
  public static BoundStatement bind(
      Statement statement, BindContext context, PlannerContext planner) {
    if (!(statement instanceof DataStatement rows)) {
      throw new IllegalArgumentException("nothing to bind in " + statement);
    }
    Binding binding = new Binding(context, planner);
    QueryBinder queries = queries(binding);
    BoundStatement bound =
        switch (rows) {
          case DataStatement.QueryStatement query -> query(queries, query.query());
          case DataStatement.ReturningStatement returning ->
              change(returning.change(), queries, returning.items());
          case DataStatement.InsertStatement _,
              DataStatement.UpsertStatement _,
              DataStatement.UpdateStatement _,
              DataStatement.DeleteStatement _,
              DataStatement.MergeStatement _ ->
              change(rows, queries, List.of());
          case DataStatement.ProfileStatement _,
              DataStatement.TruncateStatement _,
              DataStatement.CopyStatement _,
              DataStatement.CopyOutStatement _,
              DataStatement.CopyJobStatement _,
              DataStatement.UnloadStatement _ ->
              throw new IllegalArgumentException("nothing to bind in " + statement);
        };
    binding.checkPlacement();
    return bound;
  }

  private static BoundStatement change(
      DataStatement statement, QueryBinder queries, List<QueryBody.SelectItem> items) {
    ReturningBinder returning = new ReturningBinder(queries, items);
    return switch (statement) {
      case DataStatement.InsertStatement insert ->
          new InsertBinder(queries).bind(insert, returning);
      case DataStatement.UpsertStatement upsert ->
          new UpsertBinder(queries).bind(upsert, returning);
      case DataStatement.UpdateStatement update ->
          new ChangeBinder(queries).bind(update, returning);
      case DataStatement.DeleteStatement delete ->
          new ChangeBinder(queries).bind(delete, returning);
      case DataStatement.MergeStatement merge -> new MergeBinder(queries).bind(merge, returning);
      default -> throw new IllegalArgumentException("no change: " + statement);
    };
  }

  /// Binds a query by itself: of CREATE TABLE AS, of a view, of a cursor.
  public static BoundQuery bindQuery(Query query, BindContext context, PlannerContext planner) {
    Binding binding = new Binding(context, planner);
    BoundQuery bound = query(queries(binding), query);
    binding.checkPlacement();
    return bound;
  }

  /// Binds a policy's expressions over a relation, to find out whether they fit.
  ///
  /// @param mask for a masking policy the columns it is to be attached to
  public static void checkPolicy(
      Policy policy,
      OwnedObject relation,
      Optional<Attachment> mask,
      BindContext context,
      PlannerContext planner) {
    QueryBinder queries = queries(new Binding(context, planner));
    TableScans scans = new TableScans(queries, CommonTables.NONE);
    Relation rows =
        switch (relation) {
          case TableDefinition table ->
              scans.stored(table, context.catalog().schema(table.schemaOid()).orElseThrow(), false);
          case ViewDefinition view -> scans.view(view, 0);
          case OwnedObject _ -> throw new IllegalArgumentException("no rows in " + relation);
        };
    new SecuredRelations(queries).check(rows, relation, policy, mask);
  }

  private static QueryBinder queries(Binding binding) {
    BindContext context = binding.context();
    TableNames names = new TableNames(context, context.session(), context.session().user());
    return new QueryBinder(binding, names);
  }

  private static BoundQuery query(QueryBinder queries, Query query) {
    Relation rows = queries.bindSettled(query, null, CommonTables.NONE);
    Binding binding = queries.binding();
    List<OutputColumn> columns = new ArrayList<>();
    for (Column column : rows.columns()) {
      RexNode field = binding.expressions().column(rows.rel(), column.index());
      columns.add(
          new OutputColumn(
              column.name(), typeOf(field), column.originTable(), column.originColumn()));
    }
    return new BoundQuery(rows.rel(), columns, binding.parameters().slots(), binding.references());
  }
}
