package io.redward.leader.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.DataStatement.QueryStatement;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Depth is counted, so that no text overflows a thread's stack; breadth is free.
class NestingTest {
  private static final int SMALL_STACK_BYTES = 1024 * 1024;

  @ParameterizedTest
  @CsvSource({
    "'select ', '(', '1', ')'",
    "'select ', '-', '1', ''",
    "'select ', '- -', '1', ''",
    "'select ', 'not ', 'true', ''",
    "'select ', 'f(', '1', ')'",
    "'select ', 'case when ', 'true', ' then 1 end'",
    "'select ', '(select ', '1', ')'",
    "'select * from ', '(select * from ', 't', ') x'",
    "'', '(', 'select 1', ')'",
    "'select * from ', '(t join ', 'u', ' on true)'",
    "'select ', '', '1', ' + 1'",
    "'select ', '', 'x', '::int'",
    "'select ', 'array[', '1', ']'",
    "'select ', 'a[', '1', ']'",
    "'select ', 'a in (', '1', ')'",
    "'select ', 'exists (select ', '1', ')'",
    "'', 'with a as (', 'select 1', ') select 1'",
    "'select * from t', '', '', ' join t on true'",
    "'', '', 'select 1', ' union select 1 except select 2'",
    "'create external table t (a ', 'array<', 'int', '>'",
    "'select 1 group by ', 'rollup (', 'a', ')'",
    "'', 'explain select (', '1', ')'",
    "'select ', 'a between b and ', 'c', ''",
    "'select 1 ', 'pivot (', 'a', ')'"
  })
  void deepNestingIsRefusedOrParsedOnASmallStack(
      String start, String open, String middle, String close) throws InterruptedException {
    for (int depth : new int[] {10, 80, 120, 160, 240, 490, 5_000, 100_000}) {
      String text = start + open.repeat(depth) + middle + close.repeat(depth);
      Throwable thrown = thrownOnASmallStack(text);
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(SqlException.class);
        SqlState state = ((SqlException) thrown).state();
        assertThat(state).isIn(SqlState.STATEMENT_TOO_COMPLEX, SqlState.SYNTAX_ERROR);
      }
    }
  }

  @Test
  void nestingBeyondTheLimitSaysSo() {
    String text = "select " + "(".repeat(501) + "1" + ")".repeat(501);
    assertThatThrownBy(() -> SqlParser.parse(text, ParserOptions.DEFAULT))
        .isInstanceOfSatisfying(
            SqlException.class,
            error -> {
              assertThat(error.state()).isEqualTo(SqlState.STATEMENT_TOO_COMPLEX);
              assertThat(error.hint()).hasValue("At most 500 levels may be nested.");
            });
  }

  @Test
  void breadthIsNoDepth() {
    String conditions = "a = 1" + " or a = 1 and b".repeat(20_000);
    String unions = "select 1" + " union all select 2".repeat(20_000);
    String list = "select a in (1" + ", 2".repeat(100_000) + ")";
    for (String text : List.of("select " + conditions, unions, list)) {
      assertThat(SqlParser.parse(text, ParserOptions.DEFAULT)).hasSize(1);
    }
  }

  /// Parses and prints; null if all went well.
  private static @Nullable Throwable thrownOnASmallStack(String text) throws InterruptedException {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Runnable parseAndPrint =
        () -> {
          try {
            for (ParsedStatement parsed : SqlParser.parse(text, ParserOptions.DEFAULT)) {
              if (parsed.statement() instanceof QueryStatement query) {
                SqlPrinter.print(query.query());
              }
            }
          } catch (SqlException | StackOverflowError e) {
            thrown.set(e);
          }
        };
    Thread thread = new Thread(null, parseAndPrint, "small stack", SMALL_STACK_BYTES);
    thread.start();
    thread.join();
    return thrown.get();
  }
}
