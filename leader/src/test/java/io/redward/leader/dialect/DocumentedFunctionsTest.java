package io.redward.leader.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.functions.AggregateCatalog;
import io.redward.functions.FunctionCatalog;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.lex.ParserOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Strict mode takes the documented functions and no other: whoever adds a function says here or in
/// [Restrictions] which it is.
class DocumentedFunctionsTest {
  private static Set<String> documented() throws IOException {
    try (InputStream in = DocumentedFunctionsTest.class.getResourceAsStream("functions.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> ours() {
    Set<String> names = new TreeSet<>(FunctionCatalog.builtIn().names());
    AggregateCatalog.builtIn().signatures().forEach(signature -> names.add(signature.name()));
    return names.stream()
        .filter(name -> name.matches("[a-z][a-z0-9_]*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean refused(String name) {
    return !Restrictions.of(
            SqlParser.parseStatement("select \"" + name + "\"(a) from t", ParserOptions.DEFAULT))
        .isEmpty();
  }

  @Test
  void every_function_of_ours_is_documented_or_refused() throws IOException {
    Set<String> documented = documented();
    Set<String> patterns = Set.of("like", "ilike", "similar_to", "posix_regex", "posix_iregex");
    Set<String> wrong = new TreeSet<>();
    for (String name : ours()) {
      if (!patterns.contains(name) && documented.contains(name) == refused(name)) {
        wrong.add(name);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void no_documented_function_is_refused() throws IOException {
    assertThat(documented().stream().filter(DocumentedFunctionsTest::refused)).isEmpty();
  }
}
