package io.redward.leader.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.lex.ParserOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user reads who mistypes: PostgreSQL's words, the place, and a guess.
class SyntaxErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "selec 1 | 1 | syntax error at or near \"selec\" | SELECT",
        "select * form t | 10 | syntax error at or near \"form\" | FROM",
        "select a form t | 15 | syntax error at or near \"t\" | FROM",
        "select a from t wehre b = 1 | 23 | syntax error at or near \"b\" | WHERE",
        "select a from t group bye a | 23 | syntax error at or near \"bye\" |",
        "select a from t gruop by a | 23 | syntax error at or near \"by\" | GROUP",
        "select a from t oder by a | 22 | syntax error at or near \"by\" | ORDER",
        "create tabel t (a int) | 8 | syntax error at or near \"tabel\" | TABLE",
        "insert int t values (1) | 8 | syntax error at or near \"int\" | INTO",
        "udpate t set a = 1 | 1 | syntax error at or near \"udpate\" | UPDATE",
        "copy t from 'x' delimeter ',' | 17 | syntax error at or near \"delimeter\" | DELIMITER",
        "create table t (a int encod lzo) | 23 | syntax error at or near \"encod\" | ENCODE",
        "select | 7 | syntax error at end of input |",
        "select 1 + | 11 | syntax error at end of input |",
        "select (1 | 10 | syntax error at end of input |",
        "select 1) | 9 | syntax error at or near \")\" |",
        "select a b c | 12 | syntax error at or near \"c\" |",
        "select from where | 8 | syntax error at or near \"from\" |",
        "select 'x' 'y' | 12 | syntax error at or near \"'y'\" |",
        "select a < b < c | 14 | syntax error at or near \"<\" |",
        "select 1; select ; select 2 | 18 | syntax error at or near \";\" |",
        "select '😀',, from t | 12 | syntax error at or near \",\" |",
        "select 'abc | 8 | unterminated quoted string at or near \"'abc\" |",
        "select \"abc | 8 | unterminated quoted identifier at or near \"\"abc\" |",
        "select \"\" | 8 | zero-length delimited identifier at or near \"\"\"\" |",
        "select /* a | 8 | unterminated /* comment at or near \"/* a\" |",
        "select $x$ a $y$ | 8 | unterminated dollar-quoted string at or near \"$x$ a $y$\" |",
        "select ? | 9 | syntax error at end of input |",
        "create index i on t (a) | 8 | syntax error at or near \"index\" |",
      })
  void saysWhatWhereAndPerhapsWhatWasMeant(
      String text, int position, String message, String suggestion) {
    SqlException error =
        catchThrowableOfType(
            SqlException.class, () -> SqlParser.parse(text, ParserOptions.DEFAULT));
    assertThat(error).hasMessage(message);
    assertThat(error.state()).isEqualTo(SqlState.SYNTAX_ERROR);
    assertThat(error.position()).hasValue(position);
    if (suggestion == null) {
      assertThat(error.hint()).isEmpty();
    } else {
      assertThat(error.hint()).hasValue("Did you mean \"" + suggestion + "\"?");
    }
  }

  @Test
  void aStatementBeyond16MegabytesIsRefused() {
    String text = "select '" + "é".repeat(9 * 1024 * 1024) + "'";
    assertThatThrownBy(() -> SqlParser.parse(text, ParserOptions.DEFAULT))
        .isInstanceOfSatisfying(
            SqlException.class,
            error -> assertThat(error.state()).isEqualTo(SqlState.PROGRAM_LIMIT_EXCEEDED))
        .hasMessageStartingWith("Statement is too large.");
  }

  @Test
  void parameterNumbersAreBounded() {
    assertThatThrownBy(() -> SqlParser.parse("select $99999999999", ParserOptions.DEFAULT))
        .hasMessage("there is no parameter $99999999999");
  }

  @Test
  void aPreparedTextHoldsOneStatement() {
    assertThatThrownBy(() -> SqlParser.parseStatement("select 1; select 2", ParserOptions.DEFAULT))
        .hasMessage("cannot insert multiple commands into a prepared statement");
  }
}
