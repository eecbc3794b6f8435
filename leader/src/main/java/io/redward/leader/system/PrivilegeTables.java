package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.Language;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.RelationColumns;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.spi.SystemTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The `svv_` views of what has been granted. A superuser sees everything, others what concerns
/// them: grants to them, their groups and roles and to PUBLIC, and grants on what they own.
final class PrivilegeTables {
  private static final String CATALOG = "pg_catalog";
  private static final String IDENTITY =
      "privilege_type text, identity_id int4, identity_name text, identity_type text";

  private final SystemView view;

  /// A privilege that somebody holds, as a row's last columns show it.
  private record Held(OwnedObject object, AccessList.Grant grant, Privilege privilege) {}

  PrivilegeTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "svv_relation_privileges",
            "namespace_name text, relation_name text, " + IDENTITY + ", admin_option bool",
            this::relations),
        of(
            CATALOG,
            "svv_column_privileges",
            "namespace_name text, relation_name text, column_name text, " + IDENTITY,
            this::columns),
        of(
            CATALOG,
            "svv_schema_privileges",
            "namespace_name text, " + IDENTITY + ", admin_option bool, privilege_scope text",
            this::schemas),
        of(
            CATALOG,
            "svv_database_privileges",
            "database_name text, " + IDENTITY + ", admin_option bool, privilege_scope text",
            this::databases),
        of(
            CATALOG,
            "svv_function_privileges",
            "namespace_name text, function_name text, argument_types text, "
                + IDENTITY
                + ", admin_option bool",
            this::functions),
        of(
            CATALOG,
            "svv_language_privileges",
            "language_name text, " + IDENTITY + ", admin_option bool",
            this::languages));
  }

  private void relations(SystemTable.SystemRows out) {
    for (Schema schema : view.catalog().schemas(view.database().oid())) {
      for (OwnedObject relation : view.catalog().relations(schema.oid())) {
        for (Held held : held(relation)) {
          if (held.grant().column() == AccessList.ALL_COLUMNS) {
            out.row(row(held, true, schema.name(), relation.name()));
          }
        }
      }
    }
  }

  private void columns(SystemTable.SystemRows out) {
    for (Schema schema : view.catalog().schemas(view.database().oid())) {
      for (OwnedObject relation : view.catalog().relations(schema.oid())) {
        for (RelationColumns.Column column : RelationColumns.of(relation)) {
          for (Held held : held(relation)) {
            if (held.grant().column() == column.number()) {
              out.row(row(held, false, schema.name(), relation.name(), column.name()));
            }
          }
        }
      }
    }
  }

  private void schemas(SystemTable.SystemRows out) {
    for (Schema schema : view.catalog().schemas(view.database().oid())) {
      for (Held held : held(schema)) {
        out.row(with(row(held, true, schema.name()), scope(held, "SCHEMA")));
      }
    }
  }

  private void databases(SystemTable.SystemRows out) {
    for (Database database : view.catalog().databases()) {
      for (Held held : held(database)) {
        if (held.grant().reach() != AccessList.Reach.LANGUAGES
            || held.grant().column() == AccessList.ALL_COLUMNS) {
          out.row(with(row(held, true, database.name()), scope(held, "DATABASE")));
        }
      }
    }
  }

  /// What was granted; that everybody may use SQL and PL/pgSQL is nobody's grant.
  private void languages(SystemTable.SystemRows out) {
    Database database = view.catalog().database(view.database().name()).orElseThrow();
    for (Held held : held(database)) {
      AccessList.Grant grant = held.grant();
      for (Language language : Language.values()) {
        if (grant.reach() == AccessList.Reach.LANGUAGES
            && (grant.column() == AccessList.ALL_COLUMNS || grant.column() == language.oid())) {
          out.row(row(held, true, language.sqlName()));
        }
      }
    }
  }

  private void functions(SystemTable.SystemRows out) {
    for (Schema schema : view.catalog().schemas(view.database().oid())) {
      for (Routine routine : view.catalog().routines(schema.oid())) {
        String types =
            routine.inputs().stream()
                .map(argument -> argument.type().kind().sqlName())
                .collect(Collectors.joining(", "));
        for (Held held : held(routine)) {
          out.row(row(held, true, schema.name(), routine.name(), types));
        }
      }
    }
  }

  /// What is granted on an object, as far as the user may know of it.
  private List<Held> held(OwnedObject object) {
    User user = view.user();
    boolean all = Privileges.seesAll(view.catalog(), user) || object.owner() == user.oid();
    Set<Integer> own = all ? Set.of() : Privileges.grantees(view.catalog(), user);
    List<Held> held = new ArrayList<>();
    for (AccessList.Grant grant : object.access().grants()) {
      boolean exists =
          grant.grantee() == AccessList.PUBLIC
              || view.catalog().object(grant.grantee()).isPresent();
      boolean shown = all || own.contains(grant.grantee()) || grant.grantor() == user.oid();
      if (exists && shown) {
        grant.privileges().stream()
            .sorted()
            .forEach(privilege -> held.add(new Held(object, grant, privilege)));
      }
    }
    return held;
  }

  private Object[] row(Held held, boolean option, String... names) {
    List<Object> row = new ArrayList<>(Arrays.asList(names));
    row.add(word(held));
    row.add(held.grant().grantee());
    row.add(name(view.catalog(), held.grant().grantee()));
    row.add(type(view.catalog(), held.grant().grantee()));
    if (option) {
      row.add(held.grant().grantable().contains(held.privilege()));
    }
    return row.toArray();
  }

  private static String word(Held held) {
    return switch (held.object()) {
      case Database _ when held.privilege() == Privilege.TEMPORARY -> "TEMP";
      case Database _, Schema _, TableDefinition _, ViewDefinition _, Routine _ ->
          held.privilege().name();
    };
  }

  private static String scope(Held held, String own) {
    return held.grant().reach() == AccessList.Reach.OBJECT ? own : held.grant().reach().name();
  }

  private static Object[] with(Object[] row, String last) {
    Object[] longer = Arrays.copyOf(row, row.length + 1);
    longer[row.length] = last;
    return longer;
  }

  /// The name of whoever privileges are granted to.
  static String name(Catalog catalog, int grantee) {
    return grantee == AccessList.PUBLIC
        ? "public"
        : catalog.object(grantee).map(CatalogObject::name).orElse("unknown");
  }

  /// What whoever privileges are granted to is: `user`, `role`, `group` or `public`.
  static String type(Catalog catalog, int grantee) {
    if (grantee == AccessList.PUBLIC) {
      return "public";
    }
    return catalog.object(grantee).orElse(null) instanceof Group group
        ? group.role() ? "role" : "group"
        : "user";
  }
}
