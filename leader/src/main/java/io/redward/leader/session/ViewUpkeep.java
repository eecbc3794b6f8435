package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.leader.binder.BindContext;
import io.redward.leader.binder.Binder;
import io.redward.leader.binder.BoundStatement;
import io.redward.leader.binder.BoundStatement.BoundQuery;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.InitialValues;
import io.redward.leader.catalog.Materialization;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.materialized.GroupUpkeep;
import io.redward.leader.materialized.RowDifference;
import io.redward.leader.materialized.RowUpkeep;
import io.redward.leader.materialized.TableChange;
import io.redward.leader.materialized.ViewRewriter;
import io.redward.leader.materialized.ViewShape;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.TableStatistics;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.Query;
import io.redward.plan.step.SinkStep;
import io.redward.storage.namespace.FilledSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.calcite.rel.RelNode;

/// Fills one materialized view and brings it up to date, by what has changed in its tables since
/// the state it is of, or as a whole where that cannot be or is no gain.
final class ViewUpkeep {
  /// With more changed rows than this, and more than half of all, everything is computed anew.
  private static final long MANY_ROWS = 100_000;

  /// What a refresh did.
  ///
  /// @param because why all rows were computed; empty if changes were worked in
  record Outcome(String because) {
    boolean incremental() {
      return because.isEmpty();
    }

    /// As `svl_mv_refresh_status` says it.
    String status() {
      return incremental()
          ? "Refresh successfully updated MV incrementally"
          : "Refresh successfully recomputed MV from scratch";
    }

    String notice(String view) {
      return incremental()
          ? "Materialized view " + view + " was incrementally updated successfully."
          : "Materialized view " + view + " was recomputed from scratch.";
    }
  }

  /// What a statement over the view's query is made of.
  private record Material(
      PlannerContext planner, BoundQuery query, ViewShape shape, TableStatistics statistics) {}

  private final LeaderSession session;
  private final QueryRunner queries;
  private final TableDefinition table;

  ViewUpkeep(LeaderSession session, QueryRunner queries, TableDefinition table) {
    this.session = session;
    this.queries = queries;
    this.table = table;
  }

  /// How a view will be brought up to date.
  ///
  /// @param plan of its query
  /// @param table still without its hidden columns
  static Materialization.Upkeep of(StatementPlan plan, TableDefinition table) {
    ViewShape shape = ViewShape.of((BoundQuery) plan.bound());
    boolean rewrites = ViewRewriter.serves(shape);
    return switch (shape) {
      case ViewShape.Rows _ -> new Materialization.Upkeep(List.of(), "", rewrites);
      case ViewShape.Groups groups ->
          new Materialization.Upkeep(GroupUpkeep.hidden(groups, table), "", rewrites);
      case ViewShape.Whole(String because) -> Materialization.Upkeep.whole(because);
    };
  }

  /// Adds all rows of the query to the view, which is empty.
  void fill(Query query) {
    if (upkeep().hidden().isEmpty()) {
      DataStatement.InsertStatement insert =
          new DataStatement.InsertStatement(
              Optional.empty(),
              queries.context().qualified(table),
              List.of(),
              Optional.of(query),
              query.position());
      queries.execute(
          plan((context, planner) -> Binder.bind(insert, context, planner)), List.of(), _ -> {});
    } else {
      run(query, m -> insertion(m, groups(m).all()));
    }
  }

  /// Brings the view up to date.
  Outcome refresh(Query query) {
    Optional<String> because =
        upkeep().incremental() ? changed(query) : Optional.of(upkeep().wholeBecause());
    if (because.isPresent()) {
      session.transaction().writable().truncate(table.oid());
      fill(query);
    }
    return new Outcome(because.orElse(""));
  }

  private Materialization view() {
    return table.materialization().orElseThrow();
  }

  private Materialization.Upkeep upkeep() {
    return view().upkeep();
  }

  /// Works in what has changed.
  ///
  /// @return why that cannot be, if it cannot
  private Optional<String> changed(Query query) {
    Snapshot now = session.transaction().snapshot();
    Optional<Snapshot> then = past();
    if (then.isEmpty()) {
      return Optional.of("the history does not reach back to the last refresh");
    }
    Map<Integer, TableChange> changes = new HashMap<>();
    long changedRows = 0;
    long rows = 0;
    for (Map.Entry<Integer, Long> known : view().versions().entrySet()) {
      TableSnapshot old = then.get().table(known.getKey());
      TableSnapshot present = now.table(known.getKey());
      if (old.contentVersion() != known.getValue()) {
        return Optional.of("the last refresh saw changes of its own transaction");
      }
      rows += present.rowCount();
      if (present.contentVersion() != old.contentVersion()) {
        RowDifference came = RowDifference.of(present, old);
        RowDifference went = RowDifference.of(old, present);
        if (!came.isEmpty() || !went.isEmpty()) {
          changes.put(known.getKey(), new TableChange(part(old), some(came), some(went)));
          changedRows += came.rowCount() + went.rowCount();
        }
      }
    }
    if (changedRows > MANY_ROWS && changedRows > rows / 2) {
      return Optional.of("most rows of its tables have changed");
    }
    return changes.isEmpty() ? Optional.empty() : workIn(query, changes);
  }

  /// The state that the view is of, if it can still be seen.
  private Optional<Snapshot> past() {
    if (view().upTo() < 0) {
      return Optional.empty();
    }
    try {
      Catalog catalog = session.transaction().catalog();
      return Optional.of(
          new FilledSnapshot(
              session.warehouse().namespace().history().at(view().upTo()),
              oid -> catalog.table((int) oid).map(InitialValues::of).orElseGet(Map::of)));
    } catch (SqlException _) {
      return Optional.empty();
    }
  }

  private Optional<TableChange.Part> some(RowDifference rows) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(part(rows));
  }

  private TableChange.Part part(TableSnapshot rows) {
    return new TableChange.Part(session.transaction().past().add(rows), rows.rowCount());
  }

  private Optional<String> workIn(Query query, Map<Integer, TableChange> changes) {
    boolean removals = changes.values().stream().anyMatch(each -> each.went().isPresent());
    ViewShape shape = ViewShape.of((BoundQuery) plan(query).bound());
    Optional<String> refusal = ViewShape.refusal(shape, changes::containsKey);
    if (refusal.isPresent()) {
      return refusal;
    }
    if (shape instanceof ViewShape.Groups groups) {
      // Minima that rows have gone from may have grown; without keys that is everything.
      if (GroupUpkeep.addsUp(groups, removals)) {
        addUp(query, changes);
      } else if (groups.aggregate().getGroupCount() > 0) {
        groupsAnew(query, changes);
      } else {
        return Optional.of("rows have gone, and its aggregates cannot be taken back");
      }
      return Optional.empty();
    }
    return rows(query, changes, removals);
  }

  private Optional<String> rows(Query query, Map<Integer, TableChange> changes, boolean removals) {
    if (removals && !RowUpkeep.canDelete(table)) {
      return Optional.of("rows have gone, and the view's rows cannot be compared");
    }
    run(query, m -> insertion(m, rows(m).additions(of(changes))));
    if (removals) {
      run(query, m -> deletion(m, rows(m).removals(of(changes), m.statistics())));
    }
    return Optional.empty();
  }

  private void addUp(Query query, Map<Integer, TableChange> changes) {
    run(query, m -> deletion(m, groups(m).emptied(of(changes), m.statistics())));
    run(query, m -> merge(m, groups(m).merged(of(changes), m.statistics())));
  }

  private void groupsAnew(Query query, Map<Integer, TableChange> changes) {
    run(query, m -> deletion(m, groups(m).touchedRows(of(changes), m.statistics())));
    run(query, m -> insertion(m, groups(m).touchedGroups(of(changes))));
  }

  private static IntFunction<Optional<TableChange>> of(Map<Integer, TableChange> changes) {
    return oid -> Optional.ofNullable(changes.get(oid));
  }

  private GroupUpkeep groups(Material material) {
    return new GroupUpkeep(material.planner(), (ViewShape.Groups) material.shape(), table);
  }

  private RowUpkeep rows(Material material) {
    return new RowUpkeep(material.planner(), (ViewShape.Rows) material.shape(), table);
  }

  private BoundStatement insertion(Material material, RelNode source) {
    return new BoundStatement.BoundInsert(
        table.stored(),
        source,
        List.of(),
        Optional.empty(),
        List.of(),
        material.query().references());
  }

  private BoundStatement deletion(Material material, RelNode source) {
    return new BoundStatement.BoundDelete(
        table.stored(), source, Optional.empty(), List.of(), material.query().references());
  }

  private BoundStatement merge(Material material, RelNode source) {
    return new BoundStatement.BoundMerge(
        table.stored(),
        source,
        SinkStep.Matched.UPDATE,
        List.of(),
        Set.of(),
        Optional.empty(),
        List.of(),
        material.query().references());
  }

  /// Runs a statement made of the view's query.
  private void run(Query query, Function<Material, BoundStatement> statement) {
    StatementPlan plan =
        plan((context, planner) -> statement.apply(material(query, context, planner)));
    queries.execute(plan, List.of(), _ -> {});
  }

  /// Plans as the view's names are meant.
  private StatementPlan plan(QueryPipeline.Binding binding) {
    Snapshot snapshot = session.transaction().snapshot();
    BindContext given = queries.bindContext(snapshot, List.of());
    BindContext own = given.within(given.session().withSearchPath(view().searchPath()));
    return session.warehouse().pipeline().planAnew(binding, own, snapshot);
  }

  /// The plan of the view's query.
  StatementPlan plan(Query query) {
    return plan(
        (context, planner) ->
            Binder.bind(new DataStatement.QueryStatement(query), context, planner));
  }

  private Material material(Query query, BindContext context, PlannerContext planner) {
    BoundQuery bound =
        (BoundQuery) Binder.bind(new DataStatement.QueryStatement(query), context, planner);
    return new Material(
        planner, bound, ViewShape.of(bound), context.statistics().apply(table.stored()));
  }
}
