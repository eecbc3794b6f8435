package io.redward.leader.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Expr.BinaryExpr;
import io.redward.leader.sql.ast.Expr.FunctionCall;
import io.redward.leader.sql.lex.ParserOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How expressions group, what their forms become, and how they look when printed.
class ExpressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "a or b and c => a or (b and c)",
        "not a = b => not (a = b)",
        "not a and b => (not a) and b",
        "a = b is null => (a = b) is null",
        "a < b + c * d => a < (b + (c * d))",
        "a - b - c => (a - b) - c",
        "a / b * c => (a / b) * c",
        "-a ^ 2 => (-a) ^ 2",
        "a ^ b ^ c => (a ^ b) ^ c",
        "a || b = c => (a || b) = c",
        "a || b + c => a || (b + c)",
        "a + b || c => (a + b) || c",
        "a & b = c => (a & b) = c",
        "a like b || c => a like (b || c)",
        "a like b and c => (a like b) and c",
        "a = b like c => a = (b like c)",
        "a between b and c and d => (a between b and c) and d",
        "a between b + 1 and c * 2 => a between (b + 1) and (c * 2)",
        "a in (1, 2) or b => (a in (1, 2)) or b",
        "1 + a::int => 1 + (a::int)",
        "-a::int => -(a::int)",
        "a >= '1995-01-01'::date => a >= ('1995-01-01'::date)",
        "a between b::date and c::date => a between (b::date) and (c::date)",
        "a + b at time zone 'UTC' => a + (b at time zone 'UTC')",
        "a at time zone 'x' at time zone 'y' => (a at time zone 'x') at time zone 'y'",
        "a || b collate c => a || (b collate c)",
        "a is null::int => (a is null)::int",
        "~ a + b => ~ (a + b)",
        "a ~ '^x' and b => (a ~ '^x') and b",
        "a is distinct from b + 1 => a is distinct from (b + 1)",
        "case when a then b end + 1 => (case when a then b end) + 1",
        "a[1].b::int => ((a[1]).b)::int",
      })
  void operatorsBindAsInPostgres(String text, String grouped) {
    assertThat(TreeShape.of(parse(text))).isEqualTo(TreeShape.of(parse(grouped)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "EXTRACT(year FROM d) => \"extract\"('year', d)",
        "trim(x) => btrim(x)",
        "trim(both 'a' from x) => btrim(x, 'a')",
        "trim(leading 'a' from x) => ltrim(x, 'a')",
        "trim(trailing from x) => rtrim(x)",
        "substring(x from 2 for 3) => substring(x, 2, 3)",
        "substring(x for 3) => substring(x, 1, 3)",
        "overlay(x placing 'y' from 1 for 2) => overlay(x, 'y', 1, 2)",
        "position('b' in x) => POSITION('b' IN x)",
        "a != b => a <> b",
        "a operator(pg_catalog.~) b => a ~ b",
        "a ~~ b => a LIKE b",
        "a !~~* b => a NOT ILIKE b",
        "a isnull => a IS NULL",
        "a = some (select b) => a = ANY (SELECT b)",
        "cast(a as character varying(10)) => CAST(a AS varchar(10))",
        "a::numeric(10,2) => a::decimal(10,2)",
        "a::float => a::double precision",
        "a::float(24) => a::real",
        "a::int4 => a::integer",
        "a::timestamp(3) with time zone => a::timestamptz(3)",
        "a::varchar(max) => a::varchar(max)",
        "a::binary varying(3) => a::varbyte(3)",
        "a::pg_catalog.regclass => a::pg_catalog.regclass",
        "convert(integer, a) => CONVERT(integer, a)",
        "timestamp with time zone '2024-01-01' => timestamptz '2024-01-01'",
        "interval '1' day => INTERVAL '1' DAY",
        "interval '3 4' days to hours => INTERVAL '3 4' DAY TO HOUR",
        "'a\\\\b' => E'a\\\\b'",
        "E'a\\tb\\x41\\u00e9' => 'a\tbAé'",
        "'it''s' => 'it''s'",
        "$$it's$$ => 'it''s'",
        "B'01' => B'01'",
        "count( * ) => count(*)",
        "sum(all a) => sum(a)",
        "approximate count(distinct a) => APPROXIMATE count(DISTINCT a)",
        "lag(a ignore nulls) over (order by b) => lag(a) IGNORE NULLS OVER (ORDER BY b)",
        "sum(a) over (rows 2 preceding) => sum(a) OVER (ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)",
        "(a, b) = (1, 2) => ROW(a, b) = ROW(1, 2)",
        "\"A b\" + \"user\" + c.user => \"a b\" + \"user\" + c.user",
        "a.b(+) = c => a.b (+) = c",
        "(a.b).c + (f(x)).y => (a.b).c + f(x).y",
        "- - a => -(-a)",
      })
  void formsAreReducedAndPrinted(String text, String printed) {
    assertThat(SqlPrinter.print(parse(text))).isEqualTo(printed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "row",
        "rows",
        "date",
        "timestamp",
        "time",
        "values",
        "text",
        "type",
        "name",
        "value",
        "key",
        "year",
        "level",
        "top",
        "call",
        "interval",
        "char",
        "varchar",
        "position",
        "exclude",
        "pivot",
        "distkey",
        "encode",
        "copy",
        "set",
        "begin",
        "commit"
      })
  void wordsThatAreNotReservedNameColumns(String word) {
    assertThat(parse(word)).isInstanceOf(Expr.ColumnRef.class);
    assertThat(parse(word + " + 1")).isInstanceOf(BinaryExpr.class);
    assertThat(parse("t." + word)).isInstanceOf(Expr.ColumnRef.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"left", "right", "date", "upper", "nvl", "coalesce", "isnull", "char"})
  void wordsThatAreNotReservedNameFunctions(String word) {
    assertThat(parse(word + "(a, 1)")).isInstanceOf(FunctionCall.class);
  }

  @Test
  void positionsCountCharactersAndPointAtOperators() {
    BinaryExpr sum = (BinaryExpr) parse("'😀é' + upper(b)");
    assertThat(sum.position()).isEqualTo(6);
    assertThat(sum.left().position()).isEqualTo(1);
    assertThat(sum.right().position()).isEqualTo(8);
  }

  @Test
  void quotedNamesFoldUnlessTheSettingKeepsThem() {
    assertThat(SqlPrinter.print(parse("\"Name\" + Other"))).isEqualTo("name + other");
    Expr kept = SqlParser.parseExpression("\"Name\" + Other", ParserOptions.PRINTED);
    assertThat(SqlPrinter.print(kept)).isEqualTo("\"Name\" + other");
  }

  @Test
  void backslashesStandForThemselvesIfStringsConform() {
    ParserOptions conforming = new ParserOptions(false, true, 500);
    Expr expr = SqlParser.parseExpression("'a\\tb'", conforming);
    assertThat(((Expr.StringLiteral) expr).value()).isEqualTo("a\\tb");
  }

  @Test
  void namesAreCutAt127Bytes() {
    Expr expr = parse("é".repeat(100));
    assertThat(SqlPrinter.print(expr)).isEqualTo("\"" + "é".repeat(63) + "\"");
  }

  private static Expr parse(String text) {
    return SqlParser.parseExpression(text, ParserOptions.DEFAULT);
  }
}
