package io.redward.leader.catalog;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.storage.table.Isolation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Catalog objects as JSON and back. A kind's name is the second part of its entry's key.
final class CatalogJson {
  private CatalogJson() {}

  /// The kind of an object, as its key names it.
  static String kind(CatalogObject object) {
    return switch (object) {
      case Database _ -> "database";
      case Schema _ -> "schema";
      case TableDefinition _ -> "table";
      case ViewDefinition _ -> "view";
      case User _ -> "user";
      case Group _ -> "group";
      case Policy _ -> "policy";
      case Attachment _ -> "attachment";
      case RowSecurity _ -> "rowsecurity";
      case Routine _ -> "routine";
    };
  }

  static JsonObject toJson(CatalogObject object) {
    JsonObject json = new JsonObject().with("oid", object.oid()).with("name", object.name());
    if (object instanceof OwnedObject owned) {
      json.with("owner", owned.owner()).with("access", accessToJson(owned.access()));
    }
    return switch (object) {
      case Database database ->
          json.with("isolation", database.isolation().name().toLowerCase(Locale.ROOT))
              .with("caseInsensitive", database.caseInsensitive());
      case Schema schema ->
          json.with("database", schema.databaseOid()).with("quota", schema.quota());
      case TableDefinition table -> TableJson.addTo(json, table);
      case ViewDefinition view -> addView(json, view);
      case User user -> addUser(json, user);
      case Policy policy -> PolicyJson.add(json, policy);
      case Attachment attachment -> PolicyJson.add(json, attachment);
      case RowSecurity security -> PolicyJson.add(json, security);
      case Routine routine -> RoutineJson.addTo(json, routine);
      case Group group ->
          json.with("owner", group.owner())
              .with("role", group.role())
              .with("members", group.members())
              .with("admins", group.rights().admins())
              .with(
                  "system",
                  group.rights().system().stream().sorted().map(SystemPrivilege::words).toList())
              .with("externalId", group.rights().externalId().orElse(""));
    };
  }

  private static Group groupFromJson(int oid, String name, int owner, JsonObject json) {
    Set<SystemPrivilege> system =
        json.texts("system").stream()
            .flatMap(words -> SystemPrivilege.of(words).stream())
            .collect(Collectors.toUnmodifiableSet());
    Optional<String> externalId = json.optionalText("externalId").filter(id -> !id.isEmpty());
    return new Group(
        oid,
        name,
        owner,
        json.flag("role"),
        json.integers("members"),
        new Group.Rights(json.integers("admins"), system, externalId));
  }

  private static AccessList.Reach reach(JsonObject json) {
    return json.optionalText("reach")
        .map(name -> AccessList.Reach.valueOf(name.toUpperCase(Locale.ROOT)))
        .orElse(AccessList.Reach.OBJECT);
  }

  static CatalogObject fromJson(String kind, JsonObject json) {
    int oid = json.integer("oid");
    String name = json.text("name");
    int owner = json.integer("owner");
    AccessList access = accessFromJson(json);
    return switch (kind) {
      case "database" ->
          new Database(oid, name, owner, access, isolation(json), json.flag("caseInsensitive"));
      case "schema" ->
          new Schema(oid, json.integer("database"), name, owner, access, json.number("quota"));
      case "table" -> TableJson.fromJson(json, access);
      case "view" -> viewFromJson(json, access);
      case "user" -> userFromJson(json);
      case "routine" -> RoutineJson.fromJson(json, access);
      case "policy" -> PolicyJson.policy(json);
      case "attachment" -> PolicyJson.attachment(json);
      case "rowsecurity" -> PolicyJson.rowSecurity(json);
      case "group" -> groupFromJson(oid, name, owner, json);
      default -> throw new IllegalArgumentException("unknown kind of catalog entry: " + kind);
    };
  }

  private static Isolation isolation(JsonObject json) {
    return json.optionalText("isolation")
        .map(level -> Isolation.valueOf(level.toUpperCase(Locale.ROOT)))
        .orElse(Isolation.SNAPSHOT);
  }

  static String typeText(SqlType type) {
    return type.kind() + ":" + type.precision() + ":" + type.scale();
  }

  static SqlType type(String text) {
    String[] parts = text.split(":", -1);
    return new SqlType(
        TypeKind.valueOf(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static List<JsonObject> accessToJson(AccessList access) {
    return access.grants().stream()
        .map(
            grant ->
                new JsonObject()
                    .with("grantee", grant.grantee())
                    .with("grantor", grant.grantor())
                    .with("reach", grant.reach().name().toLowerCase(Locale.ROOT))
                    .with("column", grant.column())
                    .with("privileges", privilegesToJson(grant.privileges()))
                    .with("grantable", privilegesToJson(grant.grantable())))
        .toList();
  }

  private static List<String> privilegesToJson(Set<Privilege> privileges) {
    return privileges.stream().sorted().map(p -> p.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static AccessList accessFromJson(JsonObject json) {
    return new AccessList(
        json.objects(
            "access",
            grant ->
                new AccessList.Grant(
                    grant.integer("grantee"),
                    grant.integer("grantor"),
                    reach(grant),
                    grant.integer("column"),
                    privileges(grant.texts("privileges")),
                    privileges(grant.texts("grantable")))));
  }

  private static Set<Privilege> privileges(List<String> names) {
    return names.stream()
        .map(name -> Privilege.valueOf(name.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static JsonObject addView(JsonObject json, ViewDefinition view) {
    List<JsonObject> columns =
        view.columns().stream()
            .map(c -> new JsonObject().with("name", c.name()).with("type", typeText(c.type())))
            .toList();
    return json.with("schema", view.schemaOid())
        .with("text", view.text())
        .with("columns", columns)
        .with("lateBinding", view.lateBinding())
        .with("searchPath", view.searchPath())
        .with("dependencies", new ArrayList<>(new TreeSet<>(view.dependencies())));
  }

  private static ViewDefinition viewFromJson(JsonObject json, AccessList access) {
    return new ViewDefinition(
        json.integer("oid"),
        json.integer("schema"),
        json.text("name"),
        json.integer("owner"),
        json.text("text"),
        json.objects(
            "columns", c -> new ViewDefinition.Column(c.text("name"), type(c.text("type")))),
        json.flag("lateBinding"),
        json.texts("searchPath"),
        Set.copyOf(json.integers("dependencies")),
        access);
  }

  private static JsonObject addUser(JsonObject json, User user) {
    json.with("superuser", user.superuser()).with("createDatabase", user.createDatabase());
    user.verifier().ifPresent(v -> json.with("verifierKind", v.kind()).with("verifier", v.value()));
    List<JsonObject> settings =
        user.settings().entrySet().stream()
            .sorted(Comparator.comparing(e -> e.getKey()))
            .map(e -> new JsonObject().with("name", e.getKey()).with("value", e.getValue()))
            .toList();
    User.Account account = user.account();
    account.validUntil().ifPresent(micros -> json.with("validUntil", micros));
    account.connectionLimit().ifPresent(limit -> json.with("connectionLimit", limit));
    account.sessionTimeout().ifPresent(seconds -> json.with("sessionTimeout", seconds));
    account.externalId().ifPresent(id -> json.with("externalId", id));
    List<JsonObject> defaults =
        user.defaults().stream()
            .map(
                each ->
                    new JsonObject()
                        .with("schema", each.schemaOid())
                        .with("reach", each.kind().name().toLowerCase(Locale.ROOT))
                        .with("notPublic", each.notPublic())
                        .with("access", accessToJson(each.access())))
            .toList();
    return json.with("settings", settings)
        .with("syslog", account.syslogUnrestricted())
        .with("defaults", defaults);
  }

  private static User userFromJson(JsonObject json) {
    TreeMap<String, String> settings = new TreeMap<>();
    json.objects("settings", s -> settings.put(s.text("name"), s.text("value")));
    return new User(
        json.integer("oid"),
        json.text("name"),
        json.flag("superuser"),
        json.flag("createDatabase"),
        json.optionalText("verifier")
            .map(value -> new User.Verifier(json.text("verifierKind"), value)),
        settings,
        new User.Account(
            json.has("validUntil")
                ? OptionalLong.of(json.number("validUntil"))
                : OptionalLong.empty(),
            optional(json, "connectionLimit"),
            optional(json, "sessionTimeout"),
            json.flag("syslog"),
            json.optionalText("externalId")),
        json.objects(
            "defaults",
            each ->
                new DefaultAccess(
                    each.integer("schema"),
                    reach(each),
                    accessFromJson(each),
                    each.flag("notPublic"))));
  }

  private static OptionalInt optional(JsonObject json, String name) {
    return json.has(name) ? OptionalInt.of(json.integer(name)) : OptionalInt.empty();
  }
}
