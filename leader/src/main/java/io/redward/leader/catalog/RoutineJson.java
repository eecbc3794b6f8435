package io.redward.leader.catalog;

import io.redward.functions.signature.Volatility;
import io.redward.leader.catalog.Routine.Argument;
import io.redward.leader.catalog.Routine.Kind;
import io.redward.leader.catalog.Routine.Mode;

/// Routines as JSON and back.
final class RoutineJson {
  private RoutineJson() {}

  static JsonObject addTo(JsonObject json, Routine routine) {
    json.with("schema", routine.schemaOid())
        .with("kind", routine.kind().name())
        .with("arguments", routine.arguments().stream().map(RoutineJson::argument).toList())
        .with("body", routine.body())
        .with("nonAtomic", routine.nonAtomic())
        .with("definer", routine.definer())
        .with("language", routine.traits().language())
        .with("volatility", routine.traits().volatility().name())
        .with("skipsNulls", routine.traits().skipsNulls());
    routine
        .traits()
        .setting()
        .ifPresent(s -> json.with("setting", s.name()).with("settingValue", s.value()));
    routine.returns().ifPresent(type -> json.with("returns", CatalogJson.typeText(type)));
    return json;
  }

  /// Catalogs of earlier versions say nothing of them.
  private static Routine.Traits traits(JsonObject json) {
    boolean procedure = json.text("kind").equals(Kind.PROCEDURE.name());
    return new Routine.Traits(
        json.optionalText("language").orElse(procedure ? "plpgsql" : "sql"),
        json.optionalText("volatility").map(Volatility::valueOf).orElse(Volatility.VOLATILE),
        json.optionalText("language").isPresent() && json.flag("skipsNulls"),
        json.optionalText("setting")
            .map(name -> new Routine.Setting(name, json.text("settingValue"))));
  }

  private static JsonObject argument(Argument argument) {
    return new JsonObject()
        .with("name", argument.name())
        .with("mode", argument.mode().name())
        .with("type", CatalogJson.typeText(argument.type()));
  }

  static Routine fromJson(JsonObject json, AccessList access) {
    return new Routine(
        json.integer("oid"),
        json.integer("schema"),
        json.text("name"),
        json.integer("owner"),
        Kind.valueOf(json.text("kind")),
        json.objects(
            "arguments",
            a ->
                new Argument(
                    a.text("name"),
                    Mode.valueOf(a.text("mode")),
                    CatalogJson.type(a.text("type")))),
        json.optionalText("returns").map(CatalogJson::type),
        json.text("body"),
        json.flag("nonAtomic"),
        json.flag("definer"),
        traits(json),
        access);
  }
}
