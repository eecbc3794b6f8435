package io.redward.bench;

import io.redward.foundation.files.FileTree;
import io.redward.server.EmbeddedWarehouse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench functions`: what a function in Java costs a row, beside the same thing said in SQL.
@Command(
    name = "functions",
    description = "Functions in Java against the same built-in expressions, per row.",
    mixinStandardHelpOptions = true)
final class FunctionBench implements Callable<Integer> {
  private static final int MILLION = 1_000_000;

  /// @param builtIn over the columns a (int), b (bigint), d (double), s (varchar)
  private record Pair(String name, String builtIn, String java, String definition) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair(
              "integer arithmetic",
              "sum(a * 3 + 7)",
              "sum(f_line(a))",
              "f_line(a int) returns int immutable as $$ return a * 3 + 7; $$"),
          new Pair(
              "a case of three",
              "sum(case when a < 100 then 1 when a < 1000 then 2 else 3 end)",
              "sum(f_class(a))",
              "f_class(a int) returns int immutable as"
                  + " $$ return a < 100 ? 1 : a < 1000 ? 2 : 3; $$"),
          new Pair(
              "square root",
              "sum(sqrt(d))",
              "sum(f_root(d))",
              "f_root(d float8) returns float8 immutable as $$ return Math.sqrt(d); $$"),
          new Pair(
              "first letters",
              "sum(length(substring(s, 1, 3)))",
              "sum(length(f_first(s)))",
              "f_first(s varchar) returns varchar immutable as $$ return s.substring(0, 3); $$"),
          new Pair(
              "upper case",
              "max(upper(s))",
              "max(f_upper(s))",
              "f_upper(s varchar) returns varchar immutable as $$ return s.toUpperCase(); $$"),
          new Pair(
              "bits of a number, in a loop",
              "",
              "sum(f_bits(b))",
              "f_bits(b bigint) returns int immutable as"
                  + " $$ int n = 0; while (b != 0) { n++; b &= b - 1; } return n; $$"),
          new Pair(
              "distinct letters, in a set",
              "",
              "sum(f_letters(s))",
              "f_letters(s varchar) returns int immutable as $$"
                  + " Set<Character> seen = new HashSet<>(); for (int i = 0; i < s.length(); i++)"
                  + " { seen.add(s.charAt(i)); } return seen.size(); $$"));

  @Option(
      names = "--millions",
      defaultValue = "4",
      description = "Millions of rows of the table (${DEFAULT-VALUE}).")
  private int millions;

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Runs of each, of which the best counts (${DEFAULT-VALUE}).")
  private int runs;

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("redward-functions-");
    try (EmbeddedWarehouse warehouse =
            EmbeddedWarehouse.start(
                directory,
                Optional.empty(),
                List.of(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                true);
        Connection connection = DriverManager.getConnection(warehouse.url() + "?user=admin");
        Statement statement = connection.createStatement()) {
      fill(statement);
      double none = nanos(statement, "sum(a) + sum(b)");
      System.out.printf("reading and adding two columns: %.2f ns a row%n%n", none);
      System.out.println("| | built in, ns a row | in Java, ns a row | times |");
      System.out.println("|---|---|---|---|");
      for (Pair pair : PAIRS) {
        statement.execute("create function " + pair.definition() + " language java");
        double java = nanos(statement, pair.java());
        if (pair.builtIn().isEmpty()) {
          System.out.printf("| %s | – | %.2f | – |%n", pair.name(), java);
        } else {
          double built = nanos(statement, pair.builtIn());
          System.out.printf(
              "| %s | %.2f | %.2f | %.1f |%n", pair.name(), built, java, java / built);
        }
      }
    } finally {
      FileTree.delete(directory);
    }
    return 0;
  }

  private void fill(Statement statement) throws SQLException {
    statement.execute("set enable_result_cache_for_session to off");
    statement.execute("create table t (a int, b bigint, d float8, s varchar(30))");
    for (int million = 0; million < millions; million++) {
      statement.execute(
          "insert into t select n % 2000, n::bigint * 7919, n / 3.0, 'row number ' || n % 100000"
              + " from generate_series(1, "
              + MILLION
              + ") g(n)");
    }
  }

  private double nanos(Statement statement, String expression) throws SQLException {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      try (ResultSet result = statement.executeQuery("select " + expression + " from t")) {
        result.next();
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return (double) best / millions / MILLION;
  }
}
