package io.redward.leader.session;

import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Materialization;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.system.ViewState;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Notes what was done to tables that keeps materialized views from being refreshed, or makes their
/// refreshes compute everything anew: `sys_mv_state`.
final class ViewEvents {
  private static final String RECOMPUTE = "Recompute";
  private static final String UNREFRESHABLE = "Unrefreshable";

  private final LeaderSession session;
  private final QueryRunner queries;

  ViewEvents(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
  }

  /// A statement has changed definitions: views over what it has changed are bound again.
  void altered(Catalog before) {
    Catalog after = session.transaction().catalog();
    for (CatalogObject object : after.objects()) {
      if (object instanceof TableDefinition view && view.materialization().isPresent()) {
        altered(before, after, view, view.materialization().get());
      }
    }
  }

  private void altered(
      Catalog before, Catalog after, TableDefinition view, Materialization materialization) {
    for (int oid : materialization.dependencies()) {
      Optional<TableDefinition> old = before.table(oid);
      Optional<TableDefinition> now = after.table(oid);
      if (old.isEmpty() || now.isEmpty()) {
        continue;
      }
      Optional<String> event = event(before, after, old.get(), now.get());
      if (event.isPresent() && !new StandingViews(session, queries).test(view)) {
        note(after, event.get(), Optional.of(old.get()), view, UNREFRESHABLE);
      }
    }
  }

  /// What has been done to a table, in the documented words.
  private static Optional<String> event(
      Catalog before, Catalog after, TableDefinition old, TableDefinition now) {
    if (!old.name().equals(now.name())) {
      return Optional.of("Table was renamed");
    }
    if (!schema(before, old).equals(schema(after, now))) {
      return Optional.of("Schema name was changed");
    }
    Map<Integer, ColumnDefinition> columns =
        now.columns().stream().collect(Collectors.toMap(ColumnDefinition::id, Function.identity()));
    for (ColumnDefinition column : old.columns()) {
      ColumnDefinition other = columns.get(column.id());
      if (other == null) {
        return Optional.of("Column was dropped");
      }
      if (!other.name().equals(column.name())) {
        return Optional.of("Column was renamed");
      }
      if (!other.type().equals(column.type())) {
        return Optional.of("Column type was changed");
      }
    }
    return Optional.empty();
  }

  /// A refresh could not work in what has changed, although the view's query allows it.
  void recomputed(TableDefinition view, String because) {
    note(session.transaction().catalog(), because, Optional.empty(), view, RECOMPUTE);
  }

  private void note(
      Catalog catalog,
      String event,
      Optional<TableDefinition> base,
      TableDefinition view,
      String state) {
    session
        .warehouse()
        .log()
        .viewChanged(
            new ViewState(
                LoggedStatement.issuer(session),
                session.transaction().number().orElse(0L),
                event,
                base.map(table -> name(catalog, table)).orElse(new ViewState.Name("", "")),
                name(catalog, view),
                state,
                session.warehouse().clock().instant()));
  }

  private static ViewState.Name name(Catalog catalog, TableDefinition table) {
    return new ViewState.Name(schema(catalog, table), table.name());
  }

  private static String schema(Catalog catalog, TableDefinition table) {
    return catalog.schema(table.schemaOid()).map(Schema::name).orElse("");
  }
}
