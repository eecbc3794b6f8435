package io.redward.leader.catalog;

import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.TableLayout.DistributionStyle;
import io.redward.leader.catalog.TableLayout.SortKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Tables as JSON and back.
final class TableJson {
  private static final String BEFORE_UPKEEP = "the view is older than incremental refresh";

  private TableJson() {}

  static JsonObject addTo(JsonObject json, TableDefinition table) {
    table.materialization().ifPresent(m -> json.with("materialization", materialization(m)));
    return json.with("schema", table.schemaOid())
        .with("columns", table.columns().stream().map(TableJson::column).toList())
        .with("layout", layout(table.layout()))
        .with("constraints", table.constraints().stream().map(TableJson::constraint).toList())
        .with("session", table.lifetime().session())
        .with("backup", table.lifetime().backup())
        .with("nextColumnId", table.nextColumnId());
  }

  static TableDefinition fromJson(JsonObject json, AccessList access) {
    return new TableDefinition(
        json.integer("oid"),
        json.integer("schema"),
        json.text("name"),
        json.integer("owner"),
        json.objects("columns", TableJson::column),
        layout(json.object("layout")),
        json.objects("constraints", TableJson::constraint),
        new TableDefinition.Lifetime(json.integer("session"), json.flag("backup")),
        access,
        json.integer("nextColumnId"),
        json.has("materialization")
            ? Optional.of(materialization(json.object("materialization")))
            : Optional.empty());
  }

  private static JsonObject materialization(Materialization view) {
    List<JsonObject> versions = new ArrayList<>();
    view.versions()
        .forEach(
            (table, version) ->
                versions.add(new JsonObject().with("table", table).with("version", version)));
    return new JsonObject()
        .with("query", view.query())
        .with("dependencies", view.dependencies())
        .with("versions", versions)
        .with("upTo", view.upTo())
        .with("hidden", view.upkeep().hidden().stream().map(TableJson::column).toList())
        .with("whole", view.upkeep().wholeBecause())
        .with("rewrites", view.upkeep().rewrites())
        .with("searchPath", view.searchPath())
        .with("autoRefresh", view.autoRefresh());
  }

  private static Materialization materialization(JsonObject json) {
    Map<Integer, Long> versions = new HashMap<>();
    json.objects("versions", each -> each)
        .forEach(each -> versions.put(each.integer("table"), each.number("version")));
    return new Materialization(
        json.text("query"),
        json.integers("dependencies"),
        versions,
        json.has("upTo") ? json.number("upTo") : -1,
        json.flag("autoRefresh"),
        json.has("hidden")
            ? new Materialization.Upkeep(
                json.objects("hidden", TableJson::column),
                json.text("whole"),
                json.flag("rewrites"))
            : Materialization.Upkeep.whole(BEFORE_UPKEEP),
        json.has("searchPath") ? json.texts("searchPath") : List.of());
  }

  private static JsonObject column(ColumnDefinition column) {
    JsonObject json =
        new JsonObject()
            .with("id", column.id())
            .with("name", column.name())
            .with("type", CatalogJson.typeText(column.type()))
            .with("nullable", column.nullable())
            .with("encoding", column.encoding());
    column.defaultText().ifPresent(text -> json.with("default", text));
    column.initial().ifPresent(value -> json.with("initial", InitialValues.text(value)));
    column
        .identity()
        .ifPresent(
            identity ->
                json.with("identity", true)
                    .with("seed", identity.seed())
                    .with("step", identity.step())
                    .with("byDefault", identity.byDefault()));
    return json;
  }

  private static ColumnDefinition column(JsonObject json) {
    Optional<ColumnDefinition.Identity> identity =
        json.has("identity")
            ? Optional.of(
                new ColumnDefinition.Identity(
                    json.number("seed"), json.number("step"), json.flag("byDefault")))
            : Optional.empty();
    SqlType type = CatalogJson.type(json.text("type"));
    return new ColumnDefinition(
        json.integer("id"),
        json.text("name"),
        type,
        json.flag("nullable"),
        json.optionalText("default"),
        identity,
        json.text("encoding"),
        json.optionalText("initial").map(text -> InitialValues.constant(text, type.physical())));
  }

  private static JsonObject layout(TableLayout layout) {
    JsonObject json =
        new JsonObject()
            .with("style", layout.style().name())
            .with("automatic", layout.automatic())
            .with("sortKind", layout.sortKind().name())
            .with("sortKey", layout.sortKey());
    layout.distributionKey().ifPresent(id -> json.with("distributionKey", id));
    return json;
  }

  private static TableLayout layout(JsonObject json) {
    return new TableLayout(
        DistributionStyle.valueOf(json.text("style")),
        json.flag("automatic"),
        json.has("distributionKey")
            ? OptionalInt.of(json.integer("distributionKey"))
            : OptionalInt.empty(),
        SortKind.valueOf(json.text("sortKind")),
        json.integers("sortKey"));
  }

  private static JsonObject constraint(TableConstraint constraint) {
    JsonObject json =
        new JsonObject().with("name", constraint.name()).with("columns", constraint.columns());
    if (constraint.enforced()) {
      json = json.with("enforced", true);
    }
    return switch (constraint) {
      case TableConstraint.PrimaryKey _ -> json.with("kind", "primary");
      case TableConstraint.Unique _ -> json.with("kind", "unique");
      case TableConstraint.ForeignKey key ->
          json.with("kind", "foreign")
              .with("referencedTable", key.referencedTable())
              .with("referencedColumns", key.referencedColumns());
      case TableConstraint.Check check ->
          json.with("kind", "check").with("condition", check.condition());
    };
  }

  private static TableConstraint constraint(JsonObject json) {
    String name = json.text("name");
    List<Integer> columns = json.integers("columns");
    boolean enforced = json.has("enforced");
    return switch (json.text("kind")) {
      case "primary" -> new TableConstraint.PrimaryKey(name, columns, enforced);
      case "unique" -> new TableConstraint.Unique(name, columns, enforced);
      case "check" -> new TableConstraint.Check(name, columns, json.text("condition"), enforced);
      case "foreign" ->
          new TableConstraint.ForeignKey(
              name,
              columns,
              json.integer("referencedTable"),
              json.integers("referencedColumns"),
              enforced);
      default -> throw new IllegalArgumentException("unknown constraint " + json.text("kind"));
    };
  }
}
