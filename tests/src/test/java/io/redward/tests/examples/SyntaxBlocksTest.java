package io.redward.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.lex.ParserOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Walks the documented syntax of statements: each alternative and each optional part must parse.
/// Blocks of which one does not have a line with the reason in `syntax-differences.txt`; what fails
/// is written to `target/syntax.txt`. What a block says after `where option is` stands for
/// `option`.
class SyntaxBlocksTest {
  private static final Path BLOCKS = Path.of("../../shared/redshift/syntax_blocks.json");
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?s)\\s*(CREATE|ALTER|DROP|GRANT|REVOKE|INSERT|COPY|SHOW|SET|RESET|VACUUM|ANALYZE|BEGIN"
              + "|START|COMMIT|ROLLBACK|ABORT|END|CALL|CANCEL|CLOSE|COMMENT|DEALLOCATE|DECLARE|DESC"
              + "|DETACH|ATTACH|EXECUTE|EXPLAIN|FETCH|LOCK|MERGE|PREPARE|REFRESH|TRUNCATE|UNLOAD"
              + "|SELECT|USE|UPDATE|DELETE|\\[ WITH (?=.*(SELECT|UPDATE|DELETE)))\\b.*");

  @Test
  void alternatives_of_documented_syntax_parse() throws Exception {
    Assumptions.assumeTrue(Files.exists(BLOCKS), "no ../shared: the syntax is absent");
    Map<String, String> failures = new LinkedHashMap<>();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int blocks = 0;
    int forms = 0;
    int parsed = 0;
    for (JsonNode node : JsonMapper.shared().readTree(BLOCKS.toFile())) {
      String page = node.path("file").asString().replace(".md", "");
      String key = page + "#" + numbers.merge(page, 1, Integer::sum);
      String text = node.path("syntax").asString();
      if (!STATEMENT.matcher(text).matches()) {
        continue;
      }
      blocks++;
      List<String> all = new ArrayList<>();
      for (String statement : SyntaxText.statements(text)) {
        List<String> own = SyntaxBlock.of(statement).map(SyntaxBlock::forms).orElse(List.of());
        if (own.isEmpty()) {
          failures.put(key, "brackets do not match");
        }
        all.addAll(own);
      }
      for (String form : all) {
        forms++;
        try {
          SqlParser.parse(form, ParserOptions.DEFAULT);
          parsed++;
        } catch (SqlException e) {
          failures.merge(key, form + " => " + e.message(), (a, b) -> a + "\n    " + b);
        }
      }
    }
    System.out.printf(
        "%d of %d forms of %d documented statements parse, all of %d of them%n",
        parsed, forms, blocks, blocks - failures.size());
    List<String> report = new ArrayList<>();
    failures.forEach((key, text) -> report.add(key + ": " + text));
    Files.write(Path.of("target/syntax.txt"), report);
    TreeSet<String> unlisted = new TreeSet<>(failures.keySet());
    TreeSet<String> listed = new TreeSet<>(known().keySet());
    listed.removeAll(failures.keySet());
    unlisted.removeAll(known().keySet());
    assertThat(unlisted).as("not parsed and not listed").isEmpty();
    assertThat(listed).as("listed although they parse").isEmpty();
  }

  private static Map<String, String> known() throws Exception {
    Map<String, String> known = new LinkedHashMap<>();
    Path file =
        Path.of(
            Objects.requireNonNull(
                    SyntaxBlocksTest.class.getResource("/examples/syntax-differences.txt"))
                .toURI());
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int colon = line.indexOf(": ");
        known.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return known;
  }
}
