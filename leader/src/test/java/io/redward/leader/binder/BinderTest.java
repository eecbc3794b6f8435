package io.redward.leader.binder;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.binder.BoundStatement.BoundInsert;
import io.redward.leader.binder.BoundStatement.OutputColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BinderTest {
  private final TestCatalog catalog =
      TestCatalog.of(
          "create table t (a integer not null, b varchar(10), d date, price decimal(8,2));"
              + "create table u (a integer, c bigint, s smallint);"
              + "create table flags (f boolean);"
              + "create table ident (id bigint identity(1, 1), name varchar(3) default 'x');");

  private void plans(String sql, String... lines) {
    assertThat(catalog.plan(sql).stripTrailing()).isEqualTo(String.join("\n", lines));
  }

  private List<SqlType> types(String sql) {
    return catalog.query(sql).columns().stream().map(OutputColumn::type).toList();
  }

  private List<String> names(String sql) {
    return catalog.query(sql).columns().stream().map(OutputColumn::name).toList();
  }

  @Test
  void filtersAndProjects() {
    plans(
        "select b, a + 1 as n from t where price >= 10 and d < '2020-01-02'",
        "LogicalProject(b=[$1], n=[+($0, 1)])",
        "  LogicalFilter(condition=[AND(>=($3, 10.00), <($2, 18263))])",
        "    LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void groupsAndSortsByWhatIsNotSelected() {
    plans(
        "select b, sum(price) from t group by 1 having count(*) > 2 order by max(d) desc limit 5",
        "LogicalProject(b=[$0], sum=[$1])",
        "  LogicalSort(sort0=[$2], dir0=[DESC], fetch=[5:bigint])",
        "    LogicalProject(b=[$0], sum=[$1], hidden_2=[$3])",
        "      LogicalFilter(condition=[>($2, 2)])",
        "        LogicalAggregate(group=[{0}], agg#0=[SUM($1)], agg#1=[COUNT()], agg#2=[MAX($2)])",
        "          LogicalProject(b=[$1], price=[$3], d=[$2])",
        "            LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void aliasesCanBeUsedByLaterItems() {
    plans(
        "select a * 2 as twice, twice + 1 as more from t",
        "LogicalProject(twice=[*($0, 2)], more=[+(*($0, 2), 1)])",
        "  LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void correlatedSubqueriesNameTheRowAround() {
    plans(
        "select b from t where exists (select 1 from u where u.a = t.a)",
        "LogicalProject(b=[$1])",
        "  LogicalFilter(condition=[EXISTS({",
        "LogicalProject(?column?=[1])",
        "  LogicalFilter(condition=[=($0, $cor0.a)])",
        "    LogicalTableScan(table=[[public, u]])",
        "})], variablesSet=[[$cor0]])",
        "    LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void correlatedSubqueriesOverGroupsSeeTheKeys() {
    plans(
        "select a, (select count(*) from u where u.a = t.a) from t group by a",
        "LogicalProject(variablesSet=[[$cor1]], a=[$0], count=[$SCALAR_QUERY({",
        "LogicalProject(count=[$0])",
        "  LogicalAggregate(group=[{}], agg#0=[COUNT()])",
        "    LogicalFilter(condition=[=($0, $cor1.a)])",
        "      LogicalTableScan(table=[[public, u]])",
        "})])",
        "  LogicalAggregate(group=[{0}])",
        "    LogicalProject(a=[$0])",
        "      LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void usingMergesColumns() {
    assertThat(names("select * from t join u using (a)"))
        .containsExactly("a", "b", "d", "price", "c", "s");
    assertThat(names("select t.*, u.a as other from t natural join u"))
        .containsExactly("a", "b", "d", "price", "other");
    plans(
        "select a from t full join u using (a)",
        "LogicalProject(a=[$7])",
        "  LogicalProject(a=[$0], b=[$1], d=[$2], price=[$3], a0=[$4], c=[$5], s=[$6], "
            + "merged_7=[CASE(IS NOT NULL($0), $0, $4)])",
        "    LogicalJoin(condition=[=($0, $4)], joinType=[full])",
        "      LogicalTableScan(table=[[public, t]])",
        "      LogicalTableScan(table=[[public, u]])");
  }

  @Test
  void outerMarksBecomeLeftJoins() {
    plans(
        "select b, c from u, t where t.a = u.a (+) and price > 1",
        "LogicalProject(b=[$1], c=[$5])",
        "  LogicalFilter(condition=[>($3, 1.00)])",
        "    LogicalJoin(condition=[=($0, $4)], joinType=[left])",
        "      LogicalTableScan(table=[[public, t]])",
        "      LogicalTableScan(table=[[public, u]])");
  }

  @Test
  void starsLeaveOutWhatIsExcluded() {
    assertThat(names("select * exclude (b, d) from t")).containsExactly("a", "price");
  }

  @Test
  void rollupsBecomeGroupingSets() {
    plans(
        "select b, d, grouping(b) as g from t group by rollup (b, d)",
        "LogicalProject(b=[$0], d=[$1], g=[CONVERT($2)])",
        "  LogicalAggregate(group=[{0, 1}], groups=[[{0, 1}, {0}, {}]], agg#0=[GROUPING($0)])",
        "    LogicalProject(b=[$1], d=[$2])",
        "      LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void qualifyFiltersWindows() {
    plans(
        "select b from t qualify row_number() over (partition by b order by a) = 1",
        "LogicalProject(b=[$0])",
        "  LogicalFilter(condition=[$1])",
        "    LogicalProject(b=[$1], hidden_1=[=(row_number() OVER (PARTITION BY $1 ORDER BY $0 "
            + "NULLS LAST ROWS UNBOUNDED PRECEDING), 1)])",
        "      LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void setOperationsUnifyTypes() {
    assertThat(types("select a from t union all select c from u")).containsExactly(SqlType.BIGINT);
    assertThat(types("select 'ab' union select b from t")).containsExactly(SqlType.varchar(10));
    assertThat(types("select null union all select price from t"))
        .containsExactly(SqlType.decimal(8, 2));
    assertThat(types("select 'a' union select 'bcd'")).containsExactly(SqlType.varchar(3));
  }

  @Test
  void arithmeticHasDocumentedTypes() {
    assertThat(
            types("select s + s, s + a, a + c, a / 2, price + 1 from u, t as x (a2, b, d, price)"))
        .containsExactly(
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.INTEGER,
            SqlType.decimal(13, 2));
    assertThat(types("select price / price, price * price, price % price, -price from t"))
        .containsExactly(
            SqlType.decimal(17, 9),
            SqlType.decimal(17, 4),
            SqlType.decimal(8, 2),
            SqlType.decimal(8, 2));
    assertThat(
            types(
                "select sum(price) / sum(price), avg(a), avg(price), sum(a), sum(c) from t, u as v"
                    + " (x, c, s)"))
        .containsExactly(
            SqlType.decimal(38, 4),
            SqlType.BIGINT,
            SqlType.decimal(38, 2),
            SqlType.BIGINT,
            SqlType.decimal(38, 0));
  }

  @Test
  void constantsTakeTheTypeOfTheirPlace() {
    plans(
        "select case when b = 'x' then d else '2020-01-01' end from t where price in (1, 2.5)",
        "LogicalProject(case=[CASE(=($1, 'x':character varying(1)), $2, 18262)])",
        "  LogicalFilter(condition=[SEARCH($3, Sarg[1.00:numeric(8,2), 2.50:numeric(8,2)]"
            + ":numeric(8,2))])",
        "    LogicalTableScan(table=[[public, t]])");
    plans(
        "select a from t where d <= date '1998-12-01' - interval '90 days'",
        "LogicalProject(a=[$0])",
        "  LogicalFilter(condition=[<=($2, 10471)])",
        "    LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void parametersGetTheTypeOfTheirPlace() {
    assertThat(catalog.query("select a from t where b = $2 and price > $1 limit $3").parameters())
        .containsExactly(
            new BoundParameter.ClientValue(2, SqlType.varchar(65535)),
            new BoundParameter.ClientValue(1, SqlType.decimal(8, 2)),
            new BoundParameter.ClientValue(3, SqlType.BIGINT));
    assertThat(catalog.bind("insert into u values ($1, $2, 3)").parameters())
        .containsExactly(
            new BoundParameter.ClientValue(1, SqlType.INTEGER),
            new BoundParameter.ClientValue(2, SqlType.BIGINT));
    assertThat(catalog.query("select $1").parameters())
        .containsExactly(new BoundParameter.ClientValue(1, SqlType.varchar(65535)));
  }

  @Test
  void outputColumnsRememberWhereTheyComeFrom() {
    List<OutputColumn> columns =
        catalog.query("select b as x, a + 1 from (select a, b from t) as q").columns();
    assertThat(columns.get(0).originTable()).isGreaterThan(100_000);
    assertThat(columns.get(0).originColumn()).isEqualTo(2);
    assertThat(columns.get(1).originTable()).isZero();
    assertThat(columns.get(1).name()).isEqualTo("?column?");
  }

  @Test
  void viewsAreExpanded() {
    catalog.view("v", "select a, b from t where a > 0", "x", "y");
    plans(
        "select y from v where x < 9",
        "LogicalProject(y=[$1])",
        "  LogicalFilter(condition=[<($0, 9)])",
        "    LogicalProject(a=[$0], b=[$1])",
        "      LogicalFilter(condition=[>($0, 0)])",
        "        LogicalTableScan(table=[[public, t]])");
    assertThat(catalog.query("select * from v").references().views()).hasSize(1);
  }

  @Test
  void insertsFillEveryColumn() {
    BoundInsert insert = (BoundInsert) catalog.bind("insert into ident (name) values ('ab')");
    assertThat(insert.identities()).containsExactly(0);
    plans(
        "insert into ident values ('a  '), (default)",
        "LogicalValues(tuples=[[{ null, 'a  ' }, { null, 'x' }]])");
    plans(
        "insert into t (price, a) select c, s from u",
        "LogicalProject(a=[CONVERT($2)], b=[null:character varying(10)], d=[null:date], "
            + "price=[CONVERT($1)])",
        "  LogicalTableScan(table=[[public, u]])");
  }

  @Test
  void updatesAndDeletesCarryRowIds() {
    plans(
        "update t set b = upper(b), price = default from u where u.a = t.a",
        "LogicalProject(row id=[$4], a=[$0], b=[upper(string)($1)], d=[$2], "
            + "price=[null:numeric(8,2)])",
        "  LogicalFilter(condition=[=($5, $0)])",
        "    LogicalJoin(condition=[true], joinType=[inner])",
        "      LogicalTableScan(table=[[public, t]])",
        "      LogicalTableScan(table=[[public, u]])");
    plans(
        "delete from t where a = 1",
        "LogicalProject(row id=[$4])",
        "  LogicalFilter(condition=[=($0, 1)])",
        "    LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void commonTablesSeeThoseBeforeThem() {
    assertThat(
            names(
                "with x (k) as (select a from t), y as (select k, k + 1 as n from x) "
                    + "select y.*, x.k as again from x, y"))
        .containsExactly("k", "n", "again");
  }

  @Test
  void anUnqualifiedNameOfTheQueryItselfComesBeforeTheOneAround() {
    plans(
        "select b from t where a in (select a from u)",
        "LogicalProject(b=[$1])",
        "  LogicalFilter(condition=[IN($0, {",
        "LogicalProject(a=[$0])",
        "  LogicalTableScan(table=[[public, u]])",
        "})])",
        "    LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void subqueriesOverGroupsMayUseAWholeKey() {
    plans(
        "select (select max(c) from u where u.a = t.a + 1) from t group by t.a + 1",
        "LogicalProject(variablesSet=[[$cor1]], max=[$SCALAR_QUERY({",
        "LogicalProject(max=[$0])",
        "  LogicalAggregate(group=[{}], agg#0=[MAX($0)])",
        "    LogicalProject(c=[$1])",
        "      LogicalFilter(condition=[=($0, $cor1.field_0)])",
        "        LogicalTableScan(table=[[public, u]])",
        "})])",
        "  LogicalAggregate(group=[{0}])",
        "    LogicalProject(field_0=[+($0, 1)])",
        "      LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void limitsMayBeConstantArithmetic() {
    plans(
        "select a from u limit 2 * 3 offset 7 / 2",
        "LogicalSort(offset=[3:bigint], fetch=[6:bigint])",
        "  LogicalProject(a=[$0])",
        "    LogicalTableScan(table=[[public, u]])");
  }

  @Test
  void arraysOfSubqueriesAreStrings() {
    assertThat(types("select array(select b from t)"))
        .containsExactly(SqlType.of(TypeKind.TEXT_ARRAY));
    assertThat(types("select (array(select b from t))[1], 'x' = any (array(select b from t))"))
        .containsExactly(SqlType.varchar(65535), SqlType.BOOLEAN);
  }

  @Test
  void datePartsAreNumbersInThePlan() {
    plans(
        "select date_part(month, d), extract(year from d), dateadd('day', 3, d) from t",
        "LogicalProject(pgdate_part=[date_part(date_part,date)(5, $2)], "
            + "date_part=[extract(date_part,date)(3, $2)], "
            + "dateadd=[dateadd(date_part,bigint,date)(7, 3:bigint, $2)])",
        "  LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void castsThatDependOnTheZoneTakeItFromTheSession() {
    assertThat(catalog.query("select d::timestamptz from t").parameters())
        .singleElement()
        .isInstanceOf(BoundParameter.StableValue.class);
  }

  @Test
  void numbersMeetStringsAndBooleans() {
    plans(
        "select a from t, flags where b = 3 and f = 1 and a = '7' and b = a",
        "LogicalProject(a=[$0])",
        "  LogicalFilter(condition=[AND(=($1, '3':character varying(64)), =($4, true), =($0, 7), "
            + "=($1, CONVERT($0)))])",
        "    LogicalJoin(condition=[true], joinType=[inner])",
        "      LogicalTableScan(table=[[public, t]])",
        "      LogicalTableScan(table=[[public, flags]])");
  }

  @Test
  void pivotsAreFilteredAggregates() {
    plans(
        "select * from (select a, b, price from t) pivot (sum(price) for b in ('x', 'y' as why))",
        "LogicalProject(a=[$0], x=[$1], why=[$2])",
        "  LogicalProject(a=[$0], x=[$1], why=[$2])",
        "    LogicalAggregate(group=[{0}], agg#0=[SUM($1) FILTER $2], agg#1=[SUM($1) FILTER $3])",
        "      LogicalProject(a=[$0], price=[$2], "
            + "field_2=[IS TRUE(=($1, 'x':character varying(1)))], "
            + "field_3=[IS TRUE(=($1, 'y':character varying(1)))])",
        "        LogicalProject(a=[$0], b=[$1], price=[$3])",
        "          LogicalTableScan(table=[[public, t]])");
    assertThat(names("select * from u pivot (count(*) as n for a in (1 as one, null))"))
        .containsExactly("c", "s", "one_n", "null_n");
  }

  @Test
  void unpivotsAreUnions() {
    assertThat(names("select * from u unpivot (v for k in (c, s as small)) as p"))
        .containsExactly("a", "k", "v");
    assertThat(types("select * from u unpivot include nulls (v for k in (c, s as small))"))
        .containsExactly(SqlType.INTEGER, SqlType.varchar(5), SqlType.BIGINT);
  }

  @Test
  void oddSpellingsOfOrdinaryThings() {
    plans(
        "select position('x' in b), b like 'x' escape null, '1 month'::interval + d from t",
        "LogicalProject(position=[position(string,string)('x':character varying(1), $1)], "
            + "?column?=[null:boolean], ?column?0=[+(interval_months,date)(1, $2)])",
        "  LogicalTableScan(table=[[public, t]])");
  }

  @Test
  void commonTablesOfSubqueriesMayBeCorrelated() {
    plans(
        "select (with x as (select max(c) as m from u where u.a = t.a) select m from x) from t",
        "LogicalProject(variablesSet=[[$cor0]], m=[$SCALAR_QUERY({",
        "LogicalProject(m=[$0])",
        "  LogicalProject(m=[$0])",
        "    LogicalAggregate(group=[{}], agg#0=[MAX($0)])",
        "      LogicalProject(c=[$1])",
        "        LogicalFilter(condition=[=($0, $cor0.a)])",
        "          LogicalTableScan(table=[[public, u]])",
        "})])",
        "  LogicalTableScan(table=[[public, t]])");
  }
}
