package io.redward.leader.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.leader.sql.StatementShape.Kind;
import io.redward.leader.sql.StatementShape.Literal;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/// Statements that differ in literals, blanks and comments only have one shape.
class StatementShapeTest {

  @Test
  void literalsBlanksCommentsAndCaseDoNotMatter() {
    StatementShape one = shape("select a, 'x' from t where b = 5 and c < 1.5");
    StatementShape other = shape("SELECT a,\n $$y$$ /* new */ FROM T WHERE b=77 AND c<.25 -- end");
    assertThat(one.text()).isEqualTo("select a , ?s from t where b = ?i and c < ?d");
    assertThat(other.text()).isEqualTo(one.text());
    assertThat(one.literals())
        .containsExactly(
            new Literal(Kind.STRING, "x", 11),
            new Literal(Kind.INTEGER, "5", 32),
            new Literal(Kind.DECIMAL, "1.5", 42));
  }

  @Test
  void namesOperatorsAndParametersMatter() {
    assertThat(shape("select \"A b\"").text()).isEqualTo("select \"a b\"");
    assertThat(shape("select a + $1").text()).isNotEqualTo(shape("select a + $2").text());
    assertThat(shape("select a <> 1").text()).isEqualTo(shape("select a != 2").text());
    assertThat(shape("select 1").text()).isNotEqualTo(shape("select 1.0").text());
    assertThat(shape("select b'1'").text()).isNotEqualTo(shape("select b'0'").text());
  }

  @Test
  void theKeyHoldsTheLiteralsThatAPlanDependsOn() {
    BitSet first = new BitSet();
    first.set(0);
    String key = shape("select a from t where b = 5 limit 10").key(first);
    assertThat(shape("select a from t where b = 6 limit 10").key(first)).isEqualTo(key);
    assertThat(shape("select a from t where b = 5 limit 20").key(first)).isNotEqualTo(key);
  }

  private static StatementShape shape(String text) {
    return StatementShape.of(text, ParserOptions.DEFAULT);
  }
}
