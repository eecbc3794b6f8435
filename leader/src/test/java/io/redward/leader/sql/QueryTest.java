package io.redward.leader.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.leader.sql.ast.DataStatement.QueryStatement;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody.SetOperation;
import io.redward.leader.sql.lex.ParserOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the clauses of a query become, shown by printing the tree.
class QueryTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "select a b => SELECT a AS b",
        "select top 3 a => SELECT TOP 3 a",
        "select top (1 + 2) a => SELECT TOP (1 + 2) a",
        "select top => SELECT top",
        "select * exclude a, t.* exclude (b, c) => SELECT * EXCLUDE (a), t.* EXCLUDE (b, c)",
        "select a into #x from t => SELECT a INTO TEMP TABLE \"#x\" FROM t",
        "select 1 from t x, u as y (a, b) => SELECT 1 FROM t AS x, u AS y (a, b)",
        "select 1 from a join b on c left join d using (e) => "
            + "SELECT 1 FROM a JOIN b ON c LEFT JOIN d USING (e)",
        "select 1 from a join b join c on x on y => SELECT 1 FROM a JOIN (b JOIN c ON x) ON y",
        "select 1 from (a natural join b) => SELECT 1 FROM a NATURAL JOIN b",
        "select 1 from a, a.b[0].c x at i => SELECT 1 FROM a, a.b[0].c AS x AT i",
        "select 1 from a unpivot (v for n in (x, y as z)) => "
            + "SELECT 1 FROM a UNPIVOT (v FOR n IN (x, y AS z))",
        "select 1 from ((select 2)) x => SELECT 1 FROM (SELECT 2) AS x",
        "select 1 group by 1, (a, b), (c), () => SELECT 1 GROUP BY 1, (a, b), c, ()",
        "select 1 group by grouping sets ((a, b), rollup(c)) => "
            + "SELECT 1 GROUP BY GROUPING SETS ((a, b), ROLLUP (c))",
        "select a from t start => SELECT a FROM t AS start",
        "select a from t start with a connect by prior b = c => "
            + "SELECT a FROM t START WITH a CONNECT BY PRIOR b = c",
        "select a from t connect by prior b = c start with a => "
            + "SELECT a FROM t START WITH a CONNECT BY PRIOR b = c",
        "select a from t qualify x > 1 => SELECT a FROM t QUALIFY x > 1",
        "select a limit 3 offset 2 => SELECT a LIMIT 3 OFFSET 2",
        "select a offset 2 rows fetch first row only => SELECT a LIMIT 1 OFFSET 2",
        "select a minus select b => SELECT a EXCEPT SELECT b",
        "select a union select b intersect select c => "
            + "SELECT a UNION (SELECT b INTERSECT SELECT c)",
        "(select a order by b) union select c order by d => "
            + "(SELECT a ORDER BY b) UNION SELECT c ORDER BY d",
        "(select a limit 1) limit 2 => (SELECT a LIMIT 1) LIMIT 2",
        "((select a)) => SELECT a",
        "table t => SELECT * FROM t",
        "with a (b) as (select 1) select b from a => WITH a (b) AS (SELECT 1) SELECT b FROM a",
        "select (select 1) + 1, ((select 2)) => SELECT (SELECT 1) + 1, (SELECT 2)",
        "select a in ((select 1)), b in ((select 1) + 1) => "
            + "SELECT a IN (SELECT 1), b IN ((SELECT 1) + 1)",
        "select sum(a) over w window w as (partition by b) => "
            + "SELECT sum(a) OVER w WINDOW w AS (PARTITION BY b)",
        "select sum(a) over (w rows 1 preceding) => "
            + "SELECT sum(a) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
      })
  void clausesArePrintedInTheirOrder(String text, String printed) {
    assertThat(SqlPrinter.print(query(text))).isEqualTo(printed);
  }

  @Test
  void chainsOfOneSetOperatorAreFlat() {
    Query query = query("select 1 union all select 2 union all select 3 union select 4");
    SetOperation outer = (SetOperation) query.body();
    assertThat(outer.all()).isFalse();
    assertThat(outer.branches()).hasSize(2);
    SetOperation inner = (SetOperation) outer.branches().getFirst().body();
    assertThat(inner.all()).isTrue();
    assertThat(inner.branches()).hasSize(3);
  }

  @Test
  void statementsOfAScriptKnowTheirText() {
    String script = "; select 1 ;\n-- two\nselect '; not the end' ; /* none */ ;";
    assertThat(SqlParser.parse(script, ParserOptions.DEFAULT))
        .extracting(parsed -> parsed.text(script))
        .containsExactly("select 1", "select '; not the end'");
    assertThat(SqlParser.parse(" -- nothing\n ;", ParserOptions.DEFAULT)).isEmpty();
  }

  private static Query query(String text) {
    return ((QueryStatement) SqlParser.parseStatement(text, ParserOptions.DEFAULT)).query();
  }
}
