package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.foundation.types.TypeKind;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.system.CatalogRows.Attribute;
import io.redward.leader.system.CatalogRows.Relation;
import io.redward.spi.SystemTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `pg_catalog` as PostgreSQL's clients read it. Columns are those of PostgreSQL 8.0, and later
/// ones that psql and the JDBC drivers ask for.
final class PostgresTables {
  private static final String SCHEMA = "pg_catalog";
  private static final int PG_CATALOG_OID = 11;

  /// PostgreSQL's `"char"`, a single byte.
  private static final int BYTE_OID = 18;

  private final SystemView view;
  private final CatalogRows rows;

  PostgresTables(SystemView view, CatalogRows rows) {
    this.view = view;
    this.rows = rows;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            SCHEMA,
            "pg_namespace",
            "oid oid, nspname name, nspowner int4, nspacl text[]",
            out ->
                rows.namespaces()
                    .forEach(
                        s ->
                            out.row(
                                s.oid(),
                                s.name(),
                                s.owner(),
                                new AccessText(view.catalog()).of(s)))),
        of(
            SCHEMA,
            "pg_class",
            "oid oid, relname name, relnamespace oid, reltype oid, relowner int4, relam oid,"
                + " relfilenode oid, reltablespace oid, relpages int4, reltuples float4,"
                + " reltoastrelid oid, relhasindex bool, relisshared bool, relkind char,"
                + " relnatts int2, relchecks int2, reltriggers int2, relhasoids bool,"
                + " relhaspkey bool, relhasrules bool, relhassubclass bool, relacl text[],"
                + " relhastriggers bool, relrowsecurity bool, relforcerowsecurity bool,"
                + " reloptions text[], relpersistence char, relreplident char,"
                + " relispartition bool, reloftype oid, reldiststyle int2",
            out -> {
              rows.relations().forEach(r -> classRow(out, r));
              rows.indexes().forEach(index -> classRow(out, rows.relation(index)));
            }),
        of(
            SCHEMA,
            "pg_attribute",
            "attrelid oid, attname name, atttypid oid, attstattarget int4, attlen int2,"
                + " attnum int2, attndims int4, attcacheoff int4, atttypmod int4, attbyval bool,"
                + " attstorage char, attalign char, attnotnull bool, atthasdef bool,"
                + " attisdropped bool, attislocal bool, attinhcount int4, attisdistkey bool,"
                + " attsortkeyord int4, attencodingtype int2, attcollation oid,"
                + " attidentity varchar, attgenerated varchar, attacl text[],"
                + " attoptions text[], attfdwoptions text[], attcompression varchar",
            out -> {
              rows.relations().forEach(r -> r.attributes().forEach(a -> attribute(out, r, a)));
              new KeyRows(rows).indexes((index, column) -> attribute(out, index, column));
            }),
        of(
            SCHEMA,
            "pg_attrdef",
            "oid oid, adrelid oid, adnum int2, adbin text, adsrc text",
            out ->
                rows.userRelations()
                    .forEach(
                        r ->
                            r.attributes().stream()
                                .filter(a -> !a.defaultText().isEmpty())
                                .forEach(
                                    a ->
                                        out.row(
                                            r.oid() * 2000 + a.number(),
                                            r.oid(),
                                            a.number(),
                                            a.defaultText(),
                                            a.defaultText())))),
        types(),
        of(
            SCHEMA,
            "pg_database",
            "oid oid, datname name, datdba int4, encoding int4, datistemplate bool,"
                + " datallowconn bool, datlastsysoid oid, datvacuumxid int4, datfrozenxid int4,"
                + " dattablespace oid, datconfig text[], datacl text[], datcollate varchar,"
                + " datctype varchar, datconnlimit int4",
            out -> {
              for (Database d : view.catalog().databases()) {
                out.row(
                    d.oid(), d.name(), d.owner(), 6, false, true, 0, 0, 0, 1663, null, null, "C",
                    "C", -1);
              }
            }),
        of(
            SCHEMA,
            "pg_index",
            "indexrelid oid, indrelid oid, indkey text, indclass text, indnatts int2,"
                + " indisunique bool, indisprimary bool, indisclustered bool, indexprs text,"
                + " indpred text, indisvalid bool, indisreplident bool, indoption text",
            out -> rows.indexes().forEach(index -> indexRow(out, index))),
        constraints(),
        of(
            SCHEMA,
            "pg_description",
            "objoid oid, classoid oid, objsubid int4, description text",
            new Descriptions(view)::read),
        of(SCHEMA, "pg_proc", "oid oid, " + RoutineRows.COLUMNS, new RoutineRows(view)::read),
        of(
            SCHEMA,
            "pg_tablespace",
            "oid oid, spcname name, spcowner int4, spclocation text, spcacl text[]",
            out -> out.row(1663, "pg_default", 1, "", null)),
        of(
            SCHEMA,
            "pg_settings",
            "name text, setting text, unit text, category text, short_desc text, context text",
            out ->
                view.settings()
                    .all()
                    .forEach((name, value) -> out.row(name, value, null, "", "", "user"))));
  }

  private static void indexRow(SystemTable.SystemRows out, TableKeys.Index index) {
    out.row(
        index.oid(),
        index.table().oid(),
        index.columns(),
        "",
        index.key().columns().size(),
        true,
        index.primary(),
        false,
        null,
        null,
        true,
        false,
        "");
  }

  private void classRow(SystemTable.SystemRows out, Relation r) {
    boolean user = r.oid() >= 100_000;
    double tuples = user && r.kind() == 'r' ? view.snapshot().table(r.oid()).rowCount() : 0;
    out.row(
        r.oid(),
        r.name(),
        r.schema().oid(),
        0,
        r.owner(),
        0,
        r.oid(),
        0,
        0,
        tuples,
        0,
        !rows.indexesOf(r.oid()).isEmpty(),
        false,
        Character.toString(r.kind()),
        r.attributes().size(),
        0,
        0,
        false,
        false,
        r.kind() == 'v',
        false,
        user ? new AccessText(view.catalog()).of(r.oid()) : null,
        false,
        false,
        false,
        null,
        "p",
        "d",
        false,
        0,
        distribution(r.oid()));
  }

  private int distribution(int oid) {
    return view.catalog().table(oid).map(PostgresTables::distribution).orElse(0);
  }

  /// The style's number, by which the system chose it or a user.
  static int distribution(TableDefinition table) {
    boolean automatic = table.layout().automatic();
    return switch (table.layout().style()) {
      case EVEN -> automatic ? 11 : 0;
      case KEY -> automatic ? 12 : 1;
      case ALL -> automatic ? 10 : 8;
    };
  }

  private void attribute(SystemTable.SystemRows out, Relation r, Attribute a) {
    TableDefinition table = view.catalog().table(r.oid()).orElse(null);
    boolean distKey =
        table != null
            && table.layout().distributionKey().isPresent()
            && table.layout().distributionKey().getAsInt() == a.number();
    int sortOrdinal = table == null ? 0 : table.layout().sortKey().indexOf(a.number()) + 1;
    TypeKind kind = a.type().kind();
    out.row(
        r.oid(),
        a.name(),
        kind.oid(),
        -1,
        CatalogRows.length(kind),
        a.number(),
        0,
        -1,
        a.type().modifier(),
        false,
        "p",
        "i",
        a.notNull(),
        !a.defaultText().isEmpty(),
        false,
        true,
        0,
        distKey,
        sortOrdinal,
        table == null ? 0 : StoredEncodings.number(table, a.number(), view.snapshot()),
        0,
        "",
        "",
        null,
        null,
        null,
        "");
  }

  private SystemTable types() {
    return of(
        SCHEMA,
        "pg_type",
        "oid oid, typname name, typnamespace oid, typowner int4, typlen int2, typbyval bool,"
            + " typtype char, typisdefined bool, typdelim char, typrelid oid, typelem oid,"
            + " typinput regproc, typnotnull bool, typbasetype oid, typtypmod int4,"
            + " typndims int4, typdefault text, typcategory char, typarray oid,"
            + " typcollation oid",
        out -> {
          int namespace =
              rows.schemas().stream()
                  .filter(s -> s.name().equals(SCHEMA))
                  .mapToInt(Schema::oid)
                  .findFirst()
                  .orElse(PG_CATALOG_OID);
          for (TypeKind kind : TypeKind.values()) {
            int element =
                switch (kind) {
                  case TEXT_ARRAY -> TypeKind.TEXT.oid();
                  case INT_ARRAY -> TypeKind.INTEGER.oid();
                  case OID_ARRAY -> TypeKind.OID.oid();
                  case CHAR_ARRAY -> BYTE_OID;
                  default -> 0;
                };
            out.row(
                kind.oid(),
                kind.catalogName(),
                namespace,
                1,
                CatalogRows.length(kind),
                false,
                kind == TypeKind.UNKNOWN || kind == TypeKind.VOID ? "p" : "b",
                true,
                ",",
                0,
                element,
                element != 0 ? WellKnownFunctions.ARRAY_INPUT_OID : 0,
                false,
                0,
                -1,
                0,
                null,
                element != 0 ? "A" : "U",
                0,
                0);
          }
        });
  }

  private SystemTable constraints() {
    return of(
        SCHEMA,
        "pg_constraint",
        "oid oid, conname name, connamespace oid, contype char, condeferrable bool,"
            + " condeferred bool, conrelid oid, contypid oid, confrelid oid, confupdtype char,"
            + " confdeltype char, confmatchtype char, conkey int[], confkey int[], conbin text,"
            + " consrc text, conindid oid, conparentid oid",
        out ->
            rows.eachTable(
                (schema, table) -> {
                  for (int i = 0; i < table.constraints().size(); i++) {
                    int oid = TableKeys.constraintOid(table, i);
                    constraint(out, schema, table, oid, i);
                  }
                }));
  }

  private static void constraint(
      SystemTable.SystemRows out, Schema schema, TableDefinition table, int oid, int number) {
    TableConstraint constraint = table.constraints().get(number);
    String type =
        switch (constraint) {
          case TableConstraint.PrimaryKey _ -> "p";
          case TableConstraint.Unique _ -> "u";
          case TableConstraint.ForeignKey _ -> "f";
          case TableConstraint.Check _ -> "c";
        };
    int referenced =
        constraint instanceof TableConstraint.ForeignKey key ? key.referencedTable() : 0;
    String referencedColumns =
        constraint instanceof TableConstraint.ForeignKey key
            ? array(key.referencedColumns())
            : null;
    out.row(
        oid,
        constraint.name(),
        schema.oid(),
        type,
        false,
        false,
        table.oid(),
        0,
        referenced,
        "a",
        "a",
        "u",
        array(constraint.columns()),
        referencedColumns,
        null,
        null,
        0,
        0);
  }

  private static String array(List<Integer> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  /// Users, groups and the catalog's own views.
  List<SystemTable> views() {
    String userColumns =
        "usename name, usesysid int4, usecreatedb bool, usesuper bool, usecatupd bool,"
            + " passwd text, valuntil timestamptz, useconfig text[]";
    return List.of(
        of(SCHEMA, "pg_user", userColumns, this::users),
        of(SCHEMA, "pg_shadow", userColumns, this::users),
        of(
            SCHEMA,
            "pg_user_info",
            userColumns + ", useconnlimit varchar, syslogaccess varchar",
            out -> {
              for (User u : view.catalog().users()) {
                out.row(
                    u.name(),
                    u.oid(),
                    u.createDatabase(),
                    u.superuser(),
                    false,
                    "********",
                    UserTables.validUntil(u),
                    UserTables.settings(u),
                    UserTables.connectionLimit(u),
                    UserTables.syslogAccess(u));
              }
            }),
        of(
            SCHEMA,
            "pg_roles",
            "oid oid, rolname name, rolsuper bool, rolinherit bool, rolcreaterole bool,"
                + " rolcreatedb bool, rolcanlogin bool, rolconnlimit int4,"
                + " rolvaliduntil timestamptz, rolreplication bool, rolbypassrls bool,"
                + " rolconfig text[]",
            out -> {
              for (User u : view.catalog().users()) {
                out.row(
                    u.oid(),
                    u.name(),
                    u.superuser(),
                    true,
                    u.superuser(),
                    u.createDatabase(),
                    true,
                    -1,
                    null,
                    false,
                    false,
                    null);
              }
            }),
        of(
            SCHEMA,
            "pg_group",
            "groname name, grosysid int4, grolist int[]",
            out -> {
              for (Group g : view.catalog().groups()) {
                out.row(g.name(), g.oid(), array(g.members()));
              }
            }),
        of(
            SCHEMA,
            "pg_tables",
            "schemaname name, tablename name, tableowner name, tablespace name,"
                + " hasindexes bool, hasrules bool, hastriggers bool",
            out -> {
              Map<Integer, String> owners = owners();
              for (Relation r : rows.relations()) {
                if (r.kind() == 'r') {
                  out.row(
                      r.schema().name(),
                      r.name(),
                      owners.get(r.owner()),
                      null,
                      false,
                      false,
                      false);
                }
              }
            }),
        of(
            SCHEMA,
            "pg_views",
            "schemaname name, viewname name, viewowner name, definition text",
            out -> {
              Map<Integer, String> owners = owners();
              for (Relation r : rows.userRelations()) {
                if (r.kind() == 'v') {
                  out.row(r.schema().name(), r.name(), owners.get(r.owner()), rows.definition(r));
                }
              }
            }));
  }

  private Map<Integer, String> owners() {
    return view.catalog().users().stream().collect(Collectors.toMap(User::oid, User::name));
  }

  private void users(SystemTable.SystemRows out) {
    for (User u : view.catalog().users()) {
      out.row(
          u.name(),
          u.oid(),
          u.createDatabase(),
          u.superuser(),
          false,
          "********",
          UserTables.validUntil(u),
          UserTables.settings(u));
    }
  }
}
