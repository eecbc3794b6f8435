package io.redward.leader.sql.grammar;

import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.AccessStatement.GranteeKind;
import io.redward.leader.sql.ast.DataStatement.QueryStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.Lexer;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.sql.lex.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The forms of SHOW that are queries of system views: of policies, datashares, templates, models.
final class ShowQueries {
  private final Grammar grammar;
  private final TokenCursor cursor;
  private final NameParser names;

  ShowQueries(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.names = grammar.names;
  }

  /// `{RLS | MASKING} POLICIES [ON relation [FOR grantee] | FROM DATABASE name] [LIMIT n]`.
  Statement policies() {
    boolean rows = cursor.next().isWord("rls");
    cursor.expectWord("policies");
    if (cursor.acceptWord("on")) {
      return attached(rows);
    }
    String database = "current_database()";
    if (cursor.acceptWords("from", "database")) {
      database = quoted(names.name().name());
    }
    String query =
        rows
            ? """
            select polname as policy_name, polalias as policy_alias, polatts as policy_atts,
            polqual as policy_qual, polenabled as policy_enabled,
            polmodifiedby as policy_modified_by, polmodifiedtime as policy_modified_time
            from pg_catalog.svv_rls_policy where poldb =\
            """
            : """
            select policy_name, input_columns, policy_expression, policy_modified_by,
            policy_modified_time from pg_catalog.svv_masking_policy where policy_database =\
            """;
    return query(query + " " + database + " order by 1" + limit());
  }

  private Statement attached(boolean rows) {
    List<Identifier> parts = new ArrayList<>(names.qualifiedName().parts());
    String table = quoted(parts.removeLast().name());
    String schema = parts.isEmpty() ? "current_schema()" : quoted(parts.removeLast().name());
    String query =
        rows
            ? """
            select polname as policy_name, relschema as schema_name, relname as relation_name,
            relkind as relation_kind, grantor, grantee, granteekind as grantee_kind,
            is_pol_on as is_policy_on, is_rls_on, rls_conjunction_type
            from pg_catalog.svv_rls_attached_policy where relschema = %s and relname = %s\
            """
            : """
            select policy_name, schema_name, table_name as relation_name,
            table_type as relation_kind, grantor, grantee, grantee_type as grantee_kind, priority,
            input_columns, output_columns
            from pg_catalog.svv_attached_masking_policy
            where schema_name = %s and table_name = %s\
            """;
    String text = query.formatted(schema, table);
    if (cursor.acceptWord("for")) {
      Grantee grantee = new GrantParser(grammar).grantee();
      boolean all = grantee.kind() == GranteeKind.PUBLIC;
      text += " and grantee = " + quoted(all ? "public" : grantee.name());
    }
    return query(text + " order by 1" + limit());
  }

  /// `DATASHARES [LIKE 'pattern']`.
  Statement datashares() {
    cursor.next();
    return query(
        """
        select share_name, share_owner, source_database, consumer_database, share_type,
        createdate, is_publicaccessible, share_acl, producer_account, producer_namespace
        from pg_catalog.svv_datashares where true\
        """
            + like("share_name")
            + " order by 1");
  }

  /// `TEMPLATES FROM SCHEMA [database.]schema [LIKE 'pattern'] [LIMIT n]`.
  Statement templates() {
    cursor.next();
    cursor.expectWords("from", "schema");
    List<Identifier> parts = names.qualifiedName().parts();
    String database = parts.size() > 1 ? quoted(parts.getFirst().name()) : "current_database()";
    String text =
        """
        select template_name, cast(null as int) as template_id, 'COPY' as template_type,
        pg_get_userbyid(owner_id) as template_owner, database_name, schema_name, create_time,
        last_modified_time, last_modified_by from pg_catalog.sys_redshift_template
        where database_name = %s and schema_name = %s\
        """
            .formatted(database, quoted(parts.getLast().name()));
    return query(text + like("template_name") + " order by 1" + limit());
  }

  /// `MODEL ALL`.
  Statement models() {
    cursor.next();
    cursor.next();
    return query(
        """
        select schema_name as "schema name", model_name as "model name"
        from pg_catalog.stv_ml_model_info order by 1, 2\
        """);
  }

  String like(String column) {
    Optional<String> pattern =
        cursor.acceptWord("like") ? Optional.of(names.string()) : Optional.empty();
    return pattern.map(p -> " and " + column + " like " + quoted(p)).orElse("");
  }

  String limit() {
    OptionalLong limit =
        cursor.acceptWord("limit") ? OptionalLong.of(names.signedLong()) : OptionalLong.empty();
    return limit.isPresent() ? " limit " + limit.getAsLong() : "";
  }

  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  static Statement query(String text) {
    ParserOptions options = ParserOptions.DEFAULT;
    TokenCursor tokens = new TokenCursor(text, Lexer.tokensOf(text, options), options, false);
    return new QueryStatement(new Grammar(tokens).queries.query());
  }
}
