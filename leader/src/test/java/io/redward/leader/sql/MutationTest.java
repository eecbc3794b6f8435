package io.redward.leader.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.DataStatement.QueryStatement;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Mutilated statements bring values or errors with a position, never anything else.
class MutationTest {
  private static final int MUTANTS = 10_000;
  private static final Set<SqlState> EXPECTED =
      Set.of(
          SqlState.SYNTAX_ERROR,
          SqlState.STATEMENT_TOO_COMPLEX,
          SqlState.UNDEFINED_PARAMETER,
          SqlState.INVALID_PARAMETER_VALUE,
          SqlState.INVALID_TEXT_REPRESENTATION,
          SqlState.CHARACTER_NOT_IN_REPERTOIRE);
  private static final String[] PIECES = {
    "(",
    ")",
    "[",
    "]",
    ",",
    ";",
    "'",
    "\"",
    "$$",
    "$1",
    "/*",
    "*/",
    "--",
    "::",
    ".",
    "..",
    "*",
    "-",
    "+",
    "=",
    "<",
    ">>",
    "\\",
    "\0",
    "é",
    "😀",
    "\u00a0",
    "#",
    "@",
    "1",
    "1e",
    "0x",
    " ",
    "\n",
    "select ",
    "from ",
    "where ",
    "case ",
    "when ",
    "end ",
    "not ",
    "null ",
    "as ",
    "in ",
    "interval ",
    "with ",
    "values ",
    "order by ",
    "between ",
    "and ",
    "over ",
    "lateral ",
    "array",
    "unpivot ",
    "e'"
  };

  @Test
  void mutantsAreParsedOrRefusedWithAPosition() {
    Random random = new Random(20240229);
    List<String> corpus = Corpus.own();
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String mutant = mutate(corpus, random);
      if (!survives(mutant)) {
        refused++;
      }
    }
    assertThat(refused).isBetween(MUTANTS / 3, MUTANTS - MUTANTS / 20);
  }

  /// True if the text was parsed. What is parsed can be printed and parsed again.
  private static boolean survives(String text) {
    List<ParsedStatement> parsed;
    try {
      parsed = SqlParser.parse(text, ParserOptions.DEFAULT);
    } catch (SqlException error) {
      assertThat(error.state()).as(text).isIn(EXPECTED);
      assertThat(error.position()).as(text).isPresent();
      assertThat(error.position().getAsInt())
          .as(text)
          .isBetween(1, text.codePointCount(0, text.length()) + 1);
      return false;
    } catch (RuntimeException | StackOverflowError error) {
      return fail("threw on: " + text, error);
    }
    for (ParsedStatement statement : parsed) {
      if (statement.statement() instanceof QueryStatement query) {
        assertComesBack(query, text);
      }
    }
    return true;
  }

  private static void assertComesBack(QueryStatement query, String text) {
    String printed = SqlPrinter.print(query.query());
    String again;
    try {
      again = TreeShape.of(SqlParser.parseStatement(printed, ParserOptions.PRINTED));
    } catch (SqlException error) {
      again = error.message() + " at " + error.position();
    }
    assertThat(again).as(printed + "\nprinted from\n" + text).isEqualTo(TreeShape.of(query));
  }

  private static String mutate(List<String> corpus, Random random) {
    StringBuilder text = new StringBuilder(corpus.get(random.nextInt(corpus.size())));
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + 1 + random.nextInt(8));
      switch (random.nextInt(6)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 2 -> text.insert(at, text.substring(at, end));
        case 3 -> text.setLength(at);
        case 4 -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
        default -> splice(text, corpus.get(random.nextInt(corpus.size())), at, random);
      }
    }
    return text.toString();
  }

  /// Puts words of one statement into another.
  private static void splice(StringBuilder text, String other, int at, Random random) {
    List<String> words = new ArrayList<>(List.of(other.split(" ")));
    int from = random.nextInt(words.size());
    int to = Math.min(words.size(), from + 1 + random.nextInt(6));
    text.insert(at, " " + String.join(" ", words.subList(from, to)) + " ");
  }
}
