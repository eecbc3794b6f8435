package io.redward.leader.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Policies and where they are attached, as JSON and back.
final class PolicyJson {
  private PolicyJson() {}

  static JsonObject add(JsonObject json, Policy policy) {
    policy.alias().ifPresent(alias -> json.with("alias", alias));
    return json.with("database", policy.databaseOid())
        .with("policy", policy.kind().name())
        .with(
            "columns",
            policy.columns().stream()
                .map(c -> new JsonObject().with("name", c.name()).with("type", c.type()))
                .toList())
        .with("expressions", policy.expressions())
        .with("searchPath", policy.searchPath())
        .with("lookups", new TreeSet<>(policy.lookups()).stream().toList())
        .with("modifiedBy", policy.modifiedBy())
        .with("modifiedAt", policy.modifiedAt());
  }

  static Policy policy(JsonObject json) {
    Optional<String> alias = json.optionalText("alias");
    return new Policy(
        json.integer("oid"),
        json.integer("database"),
        json.text("name"),
        Policy.Kind.valueOf(json.text("policy")),
        json.objects("columns", c -> new Policy.Column(c.text("name"), c.text("type"))),
        alias,
        json.texts("expressions"),
        json.texts("searchPath"),
        Set.copyOf(json.integers("lookups")),
        json.integer("modifiedBy"),
        json.number("modifiedAt"));
  }

  static JsonObject add(JsonObject json, Attachment attachment) {
    return json.with("policy", attachment.policyOid())
        .with("relation", attachment.relationOid())
        .with("grantee", attachment.grantee())
        .with("grantor", attachment.grantor())
        .with("priority", attachment.priority())
        .with("outputs", attachment.outputs())
        .with("inputs", attachment.inputs())
        .with("outputPaths", attachment.paths().outputs().stream().map(SuperPath::text).toList())
        .with("inputPaths", attachment.paths().inputs().stream().map(SuperPath::text).toList());
  }

  static Attachment attachment(JsonObject json) {
    return new Attachment(
        json.integer("oid"),
        json.integer("policy"),
        json.integer("relation"),
        json.integer("grantee"),
        json.integer("grantor"),
        json.integer("priority"),
        json.integers("outputs"),
        json.integers("inputs"),
        new Attachment.Paths(paths(json, "outputPaths"), paths(json, "inputPaths")));
  }

  private static List<SuperPath> paths(JsonObject json, String name) {
    return json.texts(name).stream().map(SuperPath::parse).toList();
  }

  static JsonObject add(JsonObject json, RowSecurity security) {
    return json.with("relation", security.relationOid())
        .with("on", security.on())
        .with("any", security.any());
  }

  static RowSecurity rowSecurity(JsonObject json) {
    return new RowSecurity(
        json.integer("oid"), json.integer("relation"), json.flag("on"), json.flag("any"));
  }
}
