package io.redward.leader.binder;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.leader.advice.Recommendation;
import io.redward.leader.binder.BoundStatement.OutputColumn;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.User;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.settings.Settings;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.system.AccessLog;
import io.redward.leader.system.AnalyzeLog;
import io.redward.leader.system.QueryLog;
import io.redward.leader.system.SessionSystemTables;
import io.redward.leader.system.SystemView;
import io.redward.leader.system.WorkerLog;
import io.redward.storage.table.CacheTier;
import io.redward.storage.table.CommitActivity;
import io.redward.storage.table.History;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.VacuumRun;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What psql and the JDBC drivers ask the catalog binds over our system tables.
final class ClientQueriesTest {
  private static BoundStatement.BoundQuery bind(String sql) {
    BindContext base = new TestCatalog().context();
    BindContext context =
        new BindContext(
            base.catalog(),
            new SessionSystemTables(new View(base)),
            base.session(),
            base.statistics(),
            List.of());
    return (BoundStatement.BoundQuery)
        Binder.bind(
            SqlParser.parseStatement(sql, ParserOptions.DEFAULT), context, PlannerContext.create());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        SELECT n.nspname as "Schema", c.relname as "Name",
          CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' END as "Type",
          pg_catalog.pg_get_userbyid(c.relowner) as "Owner"
        FROM pg_catalog.pg_class c
             LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r','p','v','m','S','f','') AND n.nspname <> 'pg_catalog'
              AND n.nspname !~ '^pg_toast' AND pg_catalog.pg_table_is_visible(c.oid)
        ORDER BY 1,2\
        """,
        """
        SELECT c.oid, n.nspname, c.relname
        FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname OPERATOR(pg_catalog.~) '^(t)$' COLLATE pg_catalog.default
          AND pg_catalog.pg_table_is_visible(c.oid)
        ORDER BY 2, 3\
        """,
        """
        SELECT c.relchecks, c.relkind, c.relhasindex, c.relhasrules, c.relhastriggers, false,
          c.relhasoids, '', c.reltablespace,
          CASE WHEN c.reloftype = 0 THEN '' ELSE c.reloftype::pg_catalog.regtype::pg_catalog.text
          END, c.relpersistence
        FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_class tc ON (c.reltoastrelid = tc.oid)
        WHERE c.oid = '16384'\
        """,
        """
        SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
          (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d
           WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef),
          a.attnotnull, ''::pg_catalog.char AS attidentity
        FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = '16384' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum\
        """,
        """
        SELECT c.oid::pg_catalog.regclass, c.relkind
        FROM pg_catalog.pg_class c, pg_catalog.pg_inherits i
        WHERE c.oid = i.inhrelid AND i.inhparent = '16384'
        ORDER BY c.oid::pg_catalog.regclass::pg_catalog.text\
        """,
        """
        SELECT d.datname as "Name", pg_catalog.pg_get_userbyid(d.datdba) as "Owner",
          pg_catalog.pg_encoding_to_char(d.encoding) as "Encoding",
          pg_catalog.array_to_string(d.datacl, E'\\n') AS "Access privileges"
        FROM pg_catalog.pg_database d ORDER BY 1\
        """,
        """
        SELECT r.rolname, r.rolsuper,
          ARRAY(SELECT b.rolname FROM pg_catalog.pg_auth_members m
                JOIN pg_catalog.pg_roles b ON (m.roleid = b.oid) WHERE m.member = r.oid) as memberof
        FROM pg_catalog.pg_roles r WHERE r.rolname !~ '^pg_' ORDER BY 1\
        """,
        """
        SELECT nspname AS "TABLE_SCHEM", current_database() AS "TABLE_CATALOG"
        FROM pg_catalog.pg_namespace
        WHERE nspname <> 'pg_toast' AND (nspname !~ '^pg_temp_'
          OR nspname = (pg_catalog.current_schemas(true))[1]) ORDER BY "TABLE_SCHEM\"\
        """,
        """
        SELECT typinput='pg_catalog.array_in'::regproc as is_array, typtype, typname, pg_type.oid
        FROM pg_catalog.pg_type LEFT JOIN (select ns.oid as nspoid, ns.nspname, r.r
          from pg_namespace as ns join (
            select s.r, (current_schemas(false))[s.r] as nspname
            from generate_series(1, array_upper(current_schemas(false), 1)) as s(r)) as r
          using (nspname)) as sp ON sp.nspoid = typnamespace
        ORDER BY sp.r, pg_type.oid DESC\
        """,
      })
  void binds(String sql) {
    assertThat(bind(sql).references().systemTables()).isTrue();
  }

  @Test
  void keyColumnsAreExpandedIntoRows() {
    String sql =
        """
        SELECT result.key_seq, result.attname FROM (
          SELECT (information_schema._pg_expandarray(con.conkey)).n AS key_seq,
            information_schema._pg_expandarray(con.conkey) AS keys, a.attnum, a.attname
          FROM pg_catalog.pg_constraint con
            JOIN pg_catalog.pg_attribute a ON (a.attrelid = con.conrelid)
          WHERE con.contype = 'p') result
        WHERE result.attnum = (result.keys).x\
        """;
    assertThat(bind(sql).columns())
        .extracting(OutputColumn::name)
        .containsExactly("key_seq", "attname");
  }

  /// Enough of a session for the tables' shapes; no row is read.
  private record View(BindContext context) implements SystemView {
    @Override
    public int processId() {
      return 1;
    }

    @Override
    public AnalyzeLog analyzes() {
      return new AnalyzeLog();
    }

    @Override
    public AccessLog accesses() {
      return new AccessLog();
    }

    @Override
    public List<ProgressEntry> progress() {
      return List.of();
    }

    @Override
    public List<CursorEntry> cursors() {
      return List.of();
    }

    @Override
    public List<Recommendation> recommendations() {
      return List.of();
    }

    @Override
    public WorkerLog worker() {
      return new WorkerLog();
    }

    @Override
    public List<VacuumRun> vacuums() {
      return List.of();
    }

    @Override
    public Catalog catalog() {
      return context.catalog();
    }

    @Override
    public Snapshot snapshot() {
      throw new UnsupportedOperationException("no rows here");
    }

    @Override
    public User user() {
      return context.session().user();
    }

    @Override
    public Database database() {
      return context.session().database();
    }

    @Override
    public Settings settings() {
      return new Settings();
    }

    @Override
    public QueryLog log() {
      throw new UnsupportedOperationException("no rows here");
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public List<LockEntry> locks() {
      return List.of();
    }

    @Override
    public List<TransactionEntry> transactions() {
      return List.of();
    }

    @Override
    public History history() {
      throw new UnsupportedOperationException("no history here");
    }

    @Override
    public CommitActivity activity() {
      return CommitActivity.NONE;
    }

    @Override
    public List<CacheTier> cache() {
      return List.of();
    }

    @Override
    public List<SessionEntry> sessions() {
      return List.of();
    }
  }
}
