package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policies;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.RelationColumns;
import io.redward.leader.catalog.RowSecurity;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.SuperPath;
import io.redward.leader.catalog.SystemRole;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.spi.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The `svv_` views of row-level security and masking policies. Superusers and holders of
/// `sys:secadmin` see them filled.
final class PolicyTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;

  PolicyTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "svv_rls_policy",
            "poldb text, polname text, polalias text, polatts text, polqual text,"
                + " polenabled bool, polmodifiedby text, polmodifiedtime timestamp",
            this::rowPolicies),
        of(
            CATALOG,
            "svv_rls_attached_policy",
            "relschema text, relname text, relkind text, polname text, grantor text,"
                + " grantee text, granteekind text, is_pol_on bool, is_rls_on bool,"
                + " rls_conjunction_type char(3)",
            this::attachedRowPolicies),
        of(
            CATALOG,
            "svv_rls_relation",
            "datname text, relschema text, relname text, relkind text, is_rls_on bool,"
                + " is_rls_datashare_on bool, rls_conjunction_type char(3),"
                + " rls_datashare_conjunction_type char(3)",
            this::securedRelations),
        of(
            CATALOG,
            "svv_masking_policy",
            "policy_database text, policy_name text, input_columns text,"
                + " policy_expression text, policy_modified_by text,"
                + " policy_modified_time timestamp",
            this::maskingPolicies),
        of(
            CATALOG,
            "svv_attached_masking_policy",
            "policy_name text, schema_name text, table_name text, table_type text,"
                + " grantor text, grantee text, grantee_type text, priority int4,"
                + " input_columns text, output_columns text, is_masking_datashare_on bool",
            this::attachedMasks));
  }

  private Catalog catalog() {
    return view.catalog();
  }

  private Policies policies() {
    return catalog().policies();
  }

  private boolean mayLook() {
    return view.user().superuser() || SystemRole.SECADMIN.isHeldBy(catalog(), view.user());
  }

  private List<Policy> policies(Policy.Kind kind) {
    return mayLook()
        ? catalog().objects().stream()
            .filter(Policy.class::isInstance)
            .map(Policy.class::cast)
            .filter(policy -> policy.kind() == kind)
            .toList()
        : List.of();
  }

  private void rowPolicies(SystemTable.SystemRows out) {
    for (Policy policy : policies(Policy.Kind.RLS)) {
      out.row(
          name(policy.databaseOid()),
          policy.name(),
          policy.alias().orElse(null),
          columns(policy),
          policy.expressions().getFirst(),
          true,
          name(policy.modifiedBy()),
          policy.modifiedAt());
    }
  }

  private void maskingPolicies(SystemTable.SystemRows out) {
    for (Policy policy : policies(Policy.Kind.MASKING)) {
      String expressions =
          policy.expressions().stream()
              .map(e -> "{\"expr\":" + quoted(e) + "}")
              .collect(Collectors.joining(",", "[", "]"));
      out.row(
          name(policy.databaseOid()),
          policy.name(),
          columns(policy),
          expressions,
          name(policy.modifiedBy()),
          policy.modifiedAt());
    }
  }

  private static String columns(Policy policy) {
    return policy.columns().stream()
        .map(c -> "{\"colname\":" + quoted(c.name()) + ",\"type\":" + quoted(c.type()) + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private void attachedRowPolicies(SystemTable.SystemRows out) {
    for (Policy policy : policies(Policy.Kind.RLS)) {
      for (Attachment attachment : policies().of(policy)) {
        Optional<OwnedObject> relation = relation(attachment.relationOid());
        Optional<RowSecurity> security = policies().rowSecurity(attachment.relationOid());
        relation.ifPresent(
            found ->
                out.row(
                    schema(found),
                    found.name(),
                    kind(found),
                    policy.name(),
                    name(attachment.grantor()),
                    PrivilegeTables.name(catalog(), attachment.grantee()),
                    PrivilegeTables.type(catalog(), attachment.grantee()),
                    true,
                    security.map(RowSecurity::on).orElse(false),
                    security.map(RowSecurity::conjunction).orElse("and")));
      }
    }
  }

  private void securedRelations(SystemTable.SystemRows out) {
    if (!mayLook()) {
      return;
    }
    for (CatalogObject object : catalog().objects()) {
      if (object instanceof RowSecurity security) {
        relation(security.relationOid())
            .ifPresent(
                found ->
                    out.row(
                        catalog()
                            .schema(schemaOid(found))
                            .map(s -> name(s.databaseOid()))
                            .orElse(null),
                        schema(found),
                        found.name(),
                        kind(found),
                        security.on(),
                        false,
                        security.conjunction(),
                        null));
      }
    }
  }

  private void attachedMasks(SystemTable.SystemRows out) {
    for (Policy policy : policies(Policy.Kind.MASKING)) {
      for (Attachment attachment : policies().of(policy)) {
        relation(attachment.relationOid())
            .ifPresent(
                found ->
                    out.row(
                        policy.name(),
                        schema(found),
                        found.name(),
                        kind(found),
                        name(attachment.grantor()),
                        PrivilegeTables.name(catalog(), attachment.grantee()),
                        PrivilegeTables.type(catalog(), attachment.grantee()),
                        attachment.priority(),
                        columns(found, attachment.inputs(), attachment.paths()::input),
                        columns(found, attachment.outputs(), attachment.paths()::output),
                        false));
      }
    }
  }

  private static String columns(
      OwnedObject relation, List<Integer> numbers, IntFunction<SuperPath> paths) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      String name = RelationColumns.name(relation, numbers.get(i)).orElse("");
      columns.add(quoted(name + paths.apply(i).text()));
    }
    return "[" + String.join(",", columns) + "]";
  }

  private Optional<OwnedObject> relation(int oid) {
    return catalog()
        .object(oid)
        .filter(OwnedObject.class::isInstance)
        .map(OwnedObject.class::cast)
        .filter(
            found ->
                catalog()
                    .schema(schemaOid(found))
                    .filter(s -> s.databaseOid() == view.database().oid())
                    .isPresent());
  }

  private static int schemaOid(OwnedObject relation) {
    return switch (relation) {
      case TableDefinition table -> table.schemaOid();
      case ViewDefinition definition -> definition.schemaOid();
      case OwnedObject _ -> 0;
    };
  }

  private @Nullable String schema(OwnedObject relation) {
    return catalog().schema(schemaOid(relation)).map(Schema::name).orElse(null);
  }

  private static String kind(OwnedObject relation) {
    return relation instanceof TableDefinition table
        ? table.materialization().isPresent() ? "materialized view" : "table"
        : "view";
  }

  private @Nullable String name(int oid) {
    return catalog().object(oid).map(CatalogObject::name).orElse(null);
  }
}
