package io.redward.leader.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestrictionsTest {
  private static List<Refusal> refusals(String sql) {
    return Restrictions.of(SqlParser.parseStatement(sql, ParserOptions.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select a, count(*) from t where b in (select c from u) group by 1 having count(*) > 1",
        "insert into t values (1, 'x'), (2, default)",
        "create table t (a integer, b varchar(10), c super, d varbyte(10)) distkey (a)",
        "select listagg(a, ',') within group (order by a) from t",
        "copy t from 's3://b/x' iam_role default csv",
        "with w as (select 1 as n) select n from w qualify row_number() over (order by n) = 1"
      })
  void theDocumentedLanguageIsTaken(String sql) {
    assertThat(refusals(sql)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select * from (values (1)) v (a)|16|values",
        "create table t (a integer, b jsonb)|30|jsonb",
        "select string_agg(a, ',') from t|8|string_agg",
        "select count(*) filter (where a > 1) from t|8|FILTER",
        "select array[1, 2]|8|array constructor",
        "select a::integer[] from t|11|integer[]"
      })
  void whatGoesBeyondIsRefusedAtItsPlace(String sql, int position, String word) {
    assertThat(refusals(sql)).hasSize(1);
    Refusal refusal = refusals(sql).getFirst();
    assertThat(refusal.message()).contains(word);
    assertThat(refusal.position()).isEqualTo(position);
  }

  @Test
  void everythingIsFoundNotOnlyTheFirst() {
    assertThat(
            refusals("select distinct on (a) string_agg(b, ',') from (values (1, 'x')) v (a, b)"))
        .hasSize(3);
  }
}
