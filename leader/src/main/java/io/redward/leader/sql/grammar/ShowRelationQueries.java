package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.TokenCursor;
import java.util.List;

/// SHOW DATABASES, SCHEMAS and TABLES: queries of the views that list these with their database.
final class ShowRelationQueries {
  private final TokenCursor cursor;
  private final NameParser names;
  private final ShowQueries queries;

  ShowRelationQueries(Grammar grammar) {
    cursor = grammar.cursor;
    names = grammar.names;
    queries = new ShowQueries(grammar);
  }

  /// `DATABASES [FROM DATA CATALOG [ACCOUNT 'id', ...]] [LIKE 'pattern'] [IAM_ROLE ...] [LIMIT n]`.
  /// There is no data catalog but the warehouse's own.
  Statement databases() {
    cursor.next();
    if (cursor.acceptWords("from", "data", "catalog") && cursor.acceptWord("account")) {
      names.list(names::string);
    }
    String text =
        """
        select database_name, database_owner, database_type, database_acl,
        database_options as parameters, database_isolation_level
        from pg_catalog.svv_redshift_databases where true\
        """
            + queries.like("database_name");
    if (cursor.acceptWord("iam_role")) {
      cursor.next();
    }
    return ShowQueries.query(text + " order by 1" + queries.limit());
  }

  /// `SCHEMAS [FROM DATABASE name] [LIKE 'pattern'] [LIMIT n]`.
  Statement schemas() {
    cursor.next();
    String database = "current_database()";
    if (cursor.acceptWord("from")) {
      cursor.acceptWord("database");
      database = ShowQueries.quoted(names.name().name());
    }
    String text =
        """
        select database_name, schema_name, schema_owner, schema_type, schema_acl,
        source_database, schema_option from pg_catalog.svv_all_schemas where database_name =\
        """;
    return ShowQueries.query(
        text + " " + database + queries.like("schema_name") + " order by 2" + queries.limit());
  }

  /// `TABLES [FROM SCHEMA [database.]schema] [LIKE 'pattern'] [LIMIT n]`. When a table has last
  /// changed is not kept.
  Statement tables() {
    cursor.next();
    String schema = "current_schema()";
    String database = "current_database()";
    if (cursor.acceptWord("from")) {
      cursor.acceptWord("schema");
      List<Identifier> parts = names.qualifiedName().parts();
      schema = ShowQueries.quoted(parts.getLast().name());
      database = parts.size() > 1 ? ShowQueries.quoted(parts.getFirst().name()) : database;
    }
    String text =
        """
        select t.database_name, t.schema_name, t.table_name, t.table_type, t.table_acl, t.remarks,
        r.table_owner as owner, cast(null as timestamp) as last_altered_time,
        cast(null as timestamp) as last_modified_time,
        case when t.table_type = 'TABLE' then decode(c.reldiststyle, 0, 'EVEN', 1, 'KEY', 8, 'ALL',
        10, 'AUTO (ALL)', 11, 'AUTO (EVEN)', 12, 'AUTO (KEY)') end as dist_style,
        case when t.table_type = 'TABLE' then 'REGULAR TABLE'
        when m.name is not null then 'MATERIALIZED VIEW'
        when v.view_name is not null then 'LATE BINDING VIEW' else 'REGULAR VIEW'
        end as table_subtype
        from pg_catalog.svv_all_tables t
        left join pg_catalog.svv_redshift_tables r on r.database_name = t.database_name
        and r.schema_name = t.schema_name and r.table_name = t.table_name
        left join (pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace)
        on n.nspname = t.schema_name and c.relname = t.table_name
        left join pg_catalog.svv_mv_info m on m.schema_name = t.schema_name
        and m.name = t.table_name
        left join (select distinct view_schema, view_name from pg_get_late_binding_view_cols()
        cols(view_schema name, view_name name, col_name name, col_type varchar, col_num int)) v
        on v.view_schema = t.schema_name and v.view_name = t.table_name
        where t.database_name = %s and t.schema_name = %s\
        """
            .formatted(database, schema);
    return ShowQueries.query(text + queries.like("t.table_name") + " order by 3" + queries.limit());
  }
}
