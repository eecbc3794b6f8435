package io.redward.cli;

import java.util.List;

/// The backslash commands that are queries on the catalog: name, what it shows, and its SQL, in
/// which `:pattern` stands for the (quoted) LIKE pattern of the argument.
record CatalogCommand(String name, String help, String sql) {
  static final List<CatalogCommand> ALL =
      List.of(
          new CatalogCommand(
              "\\dt",
              "list tables",
              """
              select n.nspname as "schema", c.relname as "name", u.usename as "owner"
              from pg_class c, pg_namespace n, pg_user u
              where c.relnamespace = n.oid and c.relowner = u.usesysid and c.relkind = 'r'
                and n.nspname not in ('pg_catalog', 'information_schema')
                and c.relname like :pattern
              order by 1, 2\
              """),
          new CatalogCommand(
              "\\dv",
              "list views",
              """
              select n.nspname as "schema", c.relname as "name", u.usename as "owner"
              from pg_class c, pg_namespace n, pg_user u
              where c.relnamespace = n.oid and c.relowner = u.usesysid and c.relkind = 'v'
                and n.nspname not in ('pg_catalog', 'information_schema')
                and c.relname like :pattern
              order by 1, 2\
              """),
          new CatalogCommand(
              "\\dn",
              "list schemas",
              """
              select n.nspname as "name", u.usename as "owner"
              from pg_namespace n, pg_user u
              where n.nspowner = u.usesysid and n.nspname like :pattern
              order by 1\
              """),
          new CatalogCommand(
              "\\du",
              "list users",
              """
              select usename as "user", usesuper as "superuser", usecreatedb as "createdb"
              from pg_user where usename like :pattern order by 1\
              """),
          new CatalogCommand(
              "\\l",
              "list databases",
              """
              select d.datname as "name", u.usename as "owner"
              from pg_database d, pg_user u
              where d.datdba = u.usesysid and d.datname like :pattern
              order by 1\
              """),
          new CatalogCommand(
              "\\df",
              "list functions and procedures",
              """
              select n.nspname as "schema", p.proname as "name",
                oidvectortypes(p.proargtypes) as "arguments"
              from pg_proc p, pg_namespace n
              where p.pronamespace = n.oid
                and n.nspname not in ('pg_catalog', 'information_schema')
                and p.proname like :pattern
              order by 1, 2\
              """),
          new CatalogCommand(
              "\\dm",
              "list materialized views and whether they are up to date",
              """
              select trim(schema_name) as "schema", trim(name) as "name", is_stale as "stale",
                autorefresh as "automatic"
              from svv_mv_info where name like :pattern order by 1, 2\
              """),
          new CatalogCommand(
              "\\dp",
              "list privileges on tables and views",
              """
              select namespace_name as "schema", relation_name as "name",
                identity_name as "grantee", privilege_type as "privilege"
              from svv_relation_privileges where relation_name like :pattern order by 1, 2, 3, 4\
              """));

  static final String DESCRIBE =
      """
      select "column", type, encoding, distkey, sortkey, "notnull"
      from pg_table_def where tablename = :name\
      """;

  /// The SQL for an argument, which may use `*` and `?` as wildcards.
  String sqlFor(String argument) {
    String pattern =
        argument.isEmpty()
            ? "%"
            : argument.replace("_", "\\\\_").replace('*', '%').replace('?', '_');
    return sql.replace(":pattern", literal(pattern));
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
