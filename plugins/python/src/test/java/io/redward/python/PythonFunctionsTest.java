package io.redward.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.embedded.EmbeddedRedward;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/// Functions in Python in statements of a whole warehouse.
class PythonFunctionsTest {
  private static String answer(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  @Test
  void functions_run_over_tables_and_end_at_their_limits() throws SQLException {
    try (EmbeddedRedward warehouse = EmbeddedRedward.start();
        Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table n (a int, b varchar(20), d decimal(10,2), t timestamp)");
      statement.execute(
          "insert into n select g, 'name ' || g, g / 4.0, dateadd(hour, g, '2026-01-01')"
              + " from generate_series(1, 100) x(g)");
      statement.execute("insert into n values (null, null, null, null)");
      statement.execute(
          "create function py_gcd(a int, b int) returns int strict immutable as $$"
              + "\n  while b:\n    a, b = b, a % b\n  return a\n$$ language plpythonu");
      assertThat(answer(statement, "select py_gcd(12, 18)")).isEqualTo("6");
      assertThat(answer(statement, "select sum(py_gcd(a, 12)) from n")).isEqualTo("330");
      assertThat(answer(statement, "select count(*) from n where py_gcd(a, 12) = 12"))
          .isEqualTo("8");
      statement.execute(
          "create function py_text(b varchar, d decimal(10,2), t timestamp) returns varchar stable"
              + " as $$\n  import json\n  if b is None:\n    return 'none'\n"
              + "  return json.dumps([b, str(d * 2), t.strftime('%Y-%m-%d %H')])\n$$"
              + " language plpythonu");
      assertThat(answer(statement, "select py_text(b, d, t) from n where a = 30"))
          .isEqualTo("[\"name 30\", \"15.00\", \"2026-01-02 06\"]");
      assertThat(answer(statement, "select py_text(b, d, t) from n where a is null"))
          .isEqualTo("none");
      statement.execute(
          "create function py_bad(a int) returns int stable as $$\n  b = a - 7\n"
              + "  return a / b\n$$ language plpythonu");
      assertThatThrownBy(() -> answer(statement, "select sum(py_bad(a)) from n where a > 0"))
          .hasMessageContaining("\"py_bad\": ZeroDivisionError: division by zero (line 3)");
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "create function py_half(a int) returns int stable as $$\n  return (\n$$"
                          + " language plpythonu"))
          .hasMessageContaining("SyntaxError: '(' was never closed (line 2)");
      statement.execute("set udf_time_limit to 300");
      statement.execute(
          "create function py_endless(a int) returns int stable as $$\n  while True:\n    pass\n"
              + "$$ language plpythonu");
      assertThatThrownBy(() -> answer(statement, "select max(py_endless(a)) from n"))
          .hasMessageContaining("it ran longer than 300 ms");
      assertThat(answer(statement, "select max(py_gcd(a, 50)) from n")).isEqualTo("50");
    }
  }
}
