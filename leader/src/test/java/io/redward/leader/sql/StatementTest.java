package io.redward.leader.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.redward.leader.sql.ast.AccessStatement.GrantStatement;
import io.redward.leader.sql.ast.AccessStatement.GranteeKind;
import io.redward.leader.sql.ast.AccessStatement.Scope;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CursorStatement.FetchDirection;
import io.redward.leader.sql.ast.CursorStatement.FetchStatement;
import io.redward.leader.sql.ast.DataStatement.CopyStatement;
import io.redward.leader.sql.ast.DataStatement.InsertStatement;
import io.redward.leader.sql.ast.DataStatement.MergeStatement;
import io.redward.leader.sql.ast.DataStatement.UnloadStatement;
import io.redward.leader.sql.ast.DataStatement.UpdateStatement;
import io.redward.leader.sql.ast.ObjectStatement.CreateViewStatement;
import io.redward.leader.sql.ast.ObjectStatement.DropStatement;
import io.redward.leader.sql.ast.ObjectStatement.ObjectKind;
import io.redward.leader.sql.ast.RoutineStatement.CreateProcedureStatement;
import io.redward.leader.sql.ast.SessionStatement.ExplainStatement;
import io.redward.leader.sql.ast.SessionStatement.ExplainView;
import io.redward.leader.sql.ast.SessionStatement.SetStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement.AlterAction;
import io.redward.leader.sql.ast.TableStatement.AlterTableStatement;
import io.redward.leader.sql.ast.TableStatement.ColumnDefinition;
import io.redward.leader.sql.ast.TableStatement.CreateTableAsStatement;
import io.redward.leader.sql.ast.TableStatement.CreateTableStatement;
import io.redward.leader.sql.ast.TableStatement.DistStyle;
import io.redward.leader.sql.ast.TableStatement.Identity;
import io.redward.leader.sql.ast.TableStatement.SortKeyKind;
import io.redward.leader.sql.ast.TransactionStatement.BeginStatement;
import io.redward.leader.sql.ast.TransactionStatement.Isolation;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What statements other than queries become.
class StatementTest {

  @Test
  void createTableKeepsAttributesOfColumnsAndTable() {
    CreateTableStatement table =
        parse(
            CreateTableStatement.class,
            """
            CREATE TABLE IF NOT EXISTS shop.orders (
              id BIGINT IDENTITY(1, 2) NOT NULL ENCODE az64 PRIMARY KEY,
              note VARCHAR(MAX) DEFAULT 'n' || 'a' COLLATE CASE_INSENSITIVE,
              LIKE template INCLUDING DEFAULTS,
              CONSTRAINT fk FOREIGN KEY (id) REFERENCES items (item_id))
            BACKUP NO DISTSTYLE KEY DISTKEY (id) INTERLEAVED SORTKEY (id, note)
            """);
    assertThat(table.name()).hasToString("shop.orders");
    assertThat(table.ifNotExists()).isTrue();
    assertThat(table.backup()).hasValue(false);
    assertThat(table.attributes().distStyle()).hasValue(DistStyle.KEY);
    assertThat(table.attributes().distKey()).map(Object::toString).hasValue("id");
    assertThat(table.attributes().sort().orElseThrow().kind()).isEqualTo(SortKeyKind.INTERLEAVED);
    assertThat(table.elements()).hasSize(4);
    ColumnDefinition id = (ColumnDefinition) table.elements().get(0);
    assertThat(id.attributes().identity()).hasValue(new Identity(1, 2, false));
    assertThat(id.attributes().nullable()).hasValue(false);
    assertThat(id.attributes().encoding()).hasValue("az64");
    assertThat(id.attributes().primaryKey()).isTrue();
    ColumnDefinition note = (ColumnDefinition) table.elements().get(1);
    assertThat(SqlPrinter.print(note.type())).isEqualTo("varchar(max)");
    assertThat(note.attributes().defaultValue().map(SqlPrinter::print)).hasValue("'n' || 'a'");
    assertThat(note.attributes().caseSensitive()).hasValue(false);
  }

  @Test
  void namesWithASharpAreTemporary() {
    assertThat(parse(CreateTableStatement.class, "create table #x (a int)").temporary()).isTrue();
    assertThat(parse(CreateTableAsStatement.class, "create table #x as select 1").temporary())
        .isTrue();
    assertThat(parse(CreateTableAsStatement.class, "create table x as select 1").temporary())
        .isFalse();
  }

  @Test
  void alterTableTakesSeveralActions() {
    AlterTableStatement alter =
        parse(
            AlterTableStatement.class,
            "alter table t alter sortkey (a, b), alter diststyle key distkey a");
    assertThat(alter.actions())
        .hasExactlyElementsOfTypes(
            AlterAction.AlterSortKey.class, AlterAction.AlterDistStyle.class);
  }

  @Test
  void insertTellsColumnsFromAQuery() {
    InsertStatement columns =
        parse(InsertStatement.class, "insert into t (a, b) values (1, default)");
    assertThat(columns.columns()).hasSize(2);
    InsertStatement query = parse(InsertStatement.class, "insert into t (select 1, 2)");
    assertThat(query.columns()).isEmpty();
    assertThat(query.source()).isPresent();
    assertThat(parse(InsertStatement.class, "insert into t default values").source()).isEmpty();
  }

  @Test
  void updateSpreadsRowsOverColumns() {
    UpdateStatement update =
        parse(
            UpdateStatement.class, "update t x set (a, b) = (1, 2), x.c = 3 from u where x.i = 1");
    assertThat(update.alias()).map(Object::toString).hasValue("x");
    assertThat(update.assignments())
        .extracting(a -> a.column() + "=" + SqlPrinter.print(a.value()))
        .containsExactly("a=1", "b=2", "c=3");
  }

  @Test
  void mergeHasActionsOrRemovesDuplicates() {
    assertThat(
            parse(
                    MergeStatement.class,
                    "merge into t using s on t.i = s.i when matched then delete"
                        + " when not matched then insert values (s.i)")
                .actions())
        .hasSize(2);
    assertThat(
            parse(MergeStatement.class, "merge into t using s on t.i = s.i remove duplicates")
                .removeDuplicates())
        .isTrue();
  }

  @Test
  void copyOptionsAreTyped() {
    CopyStatement copy =
        parse(
            CopyStatement.class,
            "copy t (a) from 's3://b/p' iam_role default format as csv delimiter as ';'"
                + " ignoreheader 2 gzip maxerror as 10 compupdate off fillrecord acceptinvchars");
    assertThat(copy.source()).isEqualTo("s3://b/p");
    assertThat(copy.options())
        .hasExactlyElementsOfTypes(
            CopyOption.IamRoleOption.class,
            CopyOption.FormatOption.class,
            CopyOption.TextOption.class,
            CopyOption.NumberOption.class,
            CopyOption.CompressionOption.class,
            CopyOption.NumberOption.class,
            CopyOption.SwitchOption.class,
            CopyOption.FlagOption.class,
            CopyOption.TextOption.class);
    assertThat(copy.options().getLast())
        .isInstanceOfSatisfying(
            CopyOption.TextOption.class, text -> assertThat(text.value()).isEqualTo("?"));
  }

  @Test
  void unloadHoldsItsQueryAsText() {
    UnloadStatement unload =
        parse(
            UnloadStatement.class,
            "unload ('select ''x''') to 's3://b/' iam_role default maxfilesize 1.5 gb parquet");
    assertThat(unload.query()).isEqualTo("select 'x'");
    assertThat(unload.options().get(1))
        .isInstanceOfSatisfying(
            CopyOption.NumberOption.class,
            size -> assertThat(size.value()).isEqualTo(1_610_612_736L));
  }

  @Test
  void secretsAreNotShown() {
    String copy = "copy t from 'x' access_key_id 'AKIA' secret_access_key 'hush'";
    assertThat(parse(CopyStatement.class, copy).toString()).doesNotContain("hush", "AKIA");
    assertThat(parse(Statement.class, "create user u password 'Hush1'").toString())
        .doesNotContain("Hush1");
  }

  @Test
  void grantsNamePrivilegesTargetsAndGrantees() {
    GrantStatement grant =
        parse(
            GrantStatement.class,
            "grant select (a, b), insert on all tables in schema s to u with grant option, role r");
    assertThat(grant.privileges().getFirst().columns()).hasSize(2);
    assertThat(grant.target().allIn()).isEqualTo(Scope.ALL_IN_SCHEMA);
    assertThat(grant.grantees())
        .extracting(grantee -> grantee.kind(), grantee -> grantee.withGrantOption())
        .containsExactly(tuple(GranteeKind.USER, true), tuple(GranteeKind.ROLE, false));
  }

  @Test
  void settingsArriveAsTexts() {
    SetStatement path =
        parse(SetStatement.class, "set local search_path to \"$user\", 'Public', x");
    assertThat(path.local()).isTrue();
    assertThat(path.values()).containsExactly("$user", "Public", "x");
    assertThat(parse(SetStatement.class, "set time zone 'UTC'").name()).isEqualTo("timezone");
    assertThat(parse(SetStatement.class, "set app.x = -1.5").values()).isEqualTo(List.of("-1.5"));
    assertThat(parse(SetStatement.class, "set x to default").isDefault()).isTrue();
  }

  @Test
  void explainChoosesAView() {
    ExplainStatement explain =
        parse(ExplainStatement.class, "explain (segments, verbose on) select 1");
    assertThat(explain.view()).isEqualTo(ExplainView.SEGMENTS);
    assertThat(explain.verbose()).isTrue();
    assertThat(parse(ExplainStatement.class, "explain (select 1)").view())
        .isEqualTo(ExplainView.PLAN);
  }

  @Test
  void transactionsCursorsViewsAndDrops() {
    BeginStatement begin =
        parse(BeginStatement.class, "start transaction isolation level repeatable read, read only");
    assertThat(begin.modes().isolation()).hasValue(Isolation.REPEATABLE_READ);
    assertThat(begin.modes().readOnly()).hasValue(true);
    FetchStatement fetch = parse(FetchStatement.class, "fetch all from c");
    assertThat(fetch.direction()).isEqualTo(FetchDirection.FORWARD);
    assertThat(fetch.count()).isEqualTo(Long.MAX_VALUE);
    CreateViewStatement view =
        parse(
            CreateViewStatement.class,
            "create or replace view v (x) as select a from t with no schema binding");
    assertThat(view.lateBinding()).isTrue();
    DropStatement drop = parse(DropStatement.class, "drop table if exists a, s.b cascade");
    assertThat(drop.kind()).isEqualTo(ObjectKind.TABLE);
    assertThat(drop.names()).hasSize(2);
    assertThat(drop.cascade()).isTrue();
  }

  @Test
  void procedureBodiesStayText() {
    CreateProcedureStatement procedure =
        parse(
            CreateProcedureStatement.class,
            "create procedure p(a int, out b varchar(10)) as $$ begin; 'x' end $$ language"
                + " plpgsql");
    assertThat(procedure.arguments()).hasSize(2);
    assertThat(procedure.body()).isEqualTo(" begin; 'x' end ");
  }

  private static <T extends Statement> T parse(Class<T> type, String text) {
    Statement statement = SqlParser.parseStatement(text, ParserOptions.DEFAULT);
    assertThat(statement).isInstanceOf(type);
    return type.cast(statement);
  }
}
