package io.redward.cli;

import java.util.List;
import java.util.Map;

/// The backslash commands that are queries on the catalog: name, what it shows, and its SQL, in
/// which `:pattern` stands for the (quoted) LIKE pattern of the argument.
record MetaCommand(String name, String help, String sql) {
  static final List<MetaCommand> ALL =
      List.of(
          new MetaCommand(
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
          new MetaCommand(
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
          new MetaCommand(
              "\\dn",
              "list schemas",
              """
              select n.nspname as "name", u.usename as "owner"
              from pg_namespace n, pg_user u
              where n.nspowner = u.usesysid and n.nspname like :pattern
              order by 1\
              """),
          new MetaCommand(
              "\\du",
              "list users",
              """
              select usename as "user", usesuper as "superuser", usecreatedb as "createdb"
              from pg_user where usename like :pattern order by 1\
              """),
          new MetaCommand(
              "\\l",
              "list databases",
              """
              select d.datname as "name", u.usename as "owner"
              from pg_database d, pg_user u
              where d.datdba = u.usesysid and d.datname like :pattern
              order by 1\
              """));

  static final String DESCRIBE =
      """
      select "column", type, encoding, distkey, sortkey, "notnull"
      from pg_table_def where tablename = :name\
      """;

  /// Commands that are not queries, for \?.
  static final Map<String, String> OTHERS =
      Map.of(
          "\\d [NAME]", "list tables and views, or describe one",
          "\\timing", "switch timing on or off",
          "\\x", "switch between table and vertical layout",
          "\\format F", "lay results out as table, csv, json or vertical",
          "\\pager", "switch the pager on or off",
          "\\i FILE", "run a script",
          "\\q", "leave");

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
