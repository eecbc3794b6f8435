package io.redward.leader.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.redward.foundation.base.SqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every error that the parser or the binder finds in a statement says where it is. The statements
/// are those of TPC-H and TPC-DS with a word dropped, doubled, mistyped or exchanged;
/// `-Dredward.mutants=N` makes N of each.
final class ErrorPlacesTest {
  private static final Path SUITES = Path.of("..", "..", "shared", "suites");
  private static final Pattern TOKEN = Pattern.compile("'[^']*'|[A-Za-z_]\\w*|\\d+(\\.\\d+)?|\\S");
  private static final int MUTANTS = Integer.getInteger("redward.mutants", 4);

  @Test
  void everyErrorOfTheParserAndBinderHasAPlace() throws IOException {
    assumeTrue(Files.isDirectory(SUITES), "the benchmarks' texts are not beside the project");
    Random random = new Random(99);
    List<String> without = new ArrayList<>();
    int errors = 0;
    for (String suite : List.of("tpch", "tpcds")) {
      Path directory = SUITES.resolve(suite);
      TestCatalog catalog = TestCatalog.of(Files.readString(directory.resolve("schema.sql")));
      for (Path file : queries(directory)) {
        String query = Files.readString(file);
        for (int i = 0; i < MUTANTS; i++) {
          String mutant = mutant(query, i % 4, random);
          try {
            catalog.bind(mutant);
          } catch (SqlException e) {
            errors++;
            if (e.position().isEmpty()) {
              without.add(
                  e.state() + " " + e.message() + " -- " + suite + " " + file.getFileName());
            }
          }
        }
      }
    }
    assertThat(errors).isGreaterThan(MUTANTS * 60);
    assertThat(without).isEmpty();
  }

  private static List<Path> queries(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("queries"))) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  private static String mutant(String query, int kind, Random random) {
    List<int[]> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(query);
    while (matcher.find()) {
      tokens.add(new int[] {matcher.start(), matcher.end()});
    }
    int[] one = tokens.get(random.nextInt(tokens.size()));
    int[] other = tokens.get(random.nextInt(tokens.size()));
    String word = query.substring(one[0], one[1]);
    String changed =
        switch (kind) {
          case 0 -> "";
          case 1 -> word + " " + word;
          case 2 -> word + "x";
          default -> query.substring(other[0], other[1]);
        };
    return query.substring(0, one[0]) + changed + query.substring(one[1]);
  }
}
