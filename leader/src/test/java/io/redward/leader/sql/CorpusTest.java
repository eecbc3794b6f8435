package io.redward.leader.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.redward.leader.sql.ast.DataStatement.QueryStatement;
import io.redward.leader.sql.lex.ParserOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole statements of many kinds parse, and queries come back from their printed text.
class CorpusTest {

  @Test
  void ownStatementsParse() {
    assertThat(Corpus.own()).hasSizeGreaterThan(250);
  }

  @Test
  void ownQueriesComeBackFromPrint() {
    assertThat(roundTrips(Corpus.own())).isGreaterThan(75);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tpch/queries", "tpcds/queries"})
  void benchmarkQueriesParseAndComeBackFromPrint(String folder) {
    Optional<Path> suites = Corpus.suites();
    assumeTrue(suites.isPresent(), "no ../shared/suites beside the project");
    List<String> texts = Corpus.files(suites.orElseThrow().resolve(folder));
    assertThat(roundTrips(texts)).isGreaterThanOrEqualTo(texts.size());
  }

  @Test
  void statementsOfRealClientsParse() {
    Optional<Path> suites = Corpus.suites();
    assumeTrue(suites.isPresent(), "no ../shared/suites beside the project");
    List<String> lines = new ArrayList<>();
    for (String text : Corpus.files(suites.orElseThrow().resolve("clients"))) {
      // The file of psql holds only the first lines of statements.
      text.lines().filter(line -> !line.isBlank() && !line.endsWith(",")).forEach(lines::add);
    }
    assertThat(lines).isNotEmpty();
    roundTrips(lines);
  }

  /// Parses all; how many queries were printed, parsed again and found the same.
  private static int roundTrips(List<String> texts) {
    int count = 0;
    for (String text : texts) {
      for (ParsedStatement parsed : SqlParser.parse(text, ParserOptions.DEFAULT)) {
        if (parsed.statement() instanceof QueryStatement query) {
          String printed = SqlPrinter.print(query.query());
          assertThat(TreeShape.of(SqlParser.parseStatement(printed, ParserOptions.PRINTED)))
              .as(printed)
              .isEqualTo(TreeShape.of(query));
          count++;
        }
      }
    }
    return count;
  }
}
