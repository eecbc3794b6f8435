package io.redward.bench.fuzz;

import io.redward.bench.fuzz.Tables.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Goes from schema to schema, running checks over each.
final class Fuzzer {
  private static final int ROUNDS_PER_SCHEMA = 60;
  private static final int MAX_FAILURES = 25;

  private final Engine engine;
  private final Optional<Engine> other;
  private final Optional<Path> out;
  private final List<Failure> failures = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private long statements;
  private long distinct;
  private long checks;

  /// Opens a connection.
  interface Engine {
    Subject open() throws SQLException;
  }

  /// What was wrong.
  ///
  /// @param script statements that show it, as an slt file has them
  record Failure(String what, String script) {}

  Fuzzer(Engine engine, Optional<Engine> other, Optional<Path> out) {
    this.engine = engine;
    this.other = other;
    this.out = out;
  }

  long statements() {
    return statements;
  }

  /// How many of the statements are no repetition over the same tables.
  long distinct() {
    return distinct;
  }

  long checks() {
    return checks;
  }

  /// Goes on as long as `more` says so, and not after very many failures.
  List<Failure> run(BooleanSupplier more, long seed, Consumer<String> report) throws Exception {
    long schemas = 0;
    while (more.getAsBoolean() && failures.size() < MAX_FAILURES) {
      schema(new Random(seed * 1_000_003L + schemas), more, report);
      schemas++;
      if (schemas % 50 == 0) {
        report.accept(
            "%d schemas, %d statements (%d distinct), %d checks, %d failures; %s"
                .formatted(
                    schemas,
                    statements,
                    distinct,
                    checks,
                    failures.size(),
                    Consumption.now().text(statements)));
      }
    }
    return List.copyOf(failures);
  }

  private void schema(Random random, BooleanSupplier more, Consumer<String> report)
      throws Exception {
    boolean elsewhere = other.isPresent();
    List<Table> tables = Tables.make(random, elsewhere);
    try (Subject subject = engine.open()) {
      Optional<Subject> second = elsewhere ? Optional.of(other.get().open()) : Optional.empty();
      long before = statements;
      try {
        fill(subject, tables, elsewhere);
        if (second.isPresent()) {
          fill(second.get(), tables, elsewhere);
        }
        Grammar grammar = new Grammar(tables, random, elsewhere);
        for (int i = 0; i < ROUNDS_PER_SCHEMA && more.getAsBoolean(); i++) {
          for (Check check : Check.round(grammar, random, elsewhere)) {
            checks++;
            Optional<String> failure = check.failure(subject, second);
            if (failure.isPresent() && seen.add(kind(failure.get()))) {
              note(minimized(check, tables, subject), report);
            }
          }
          statements = before + subject.statements();
        }
      } catch (Subject.Refused e) {
        // No such tables; others come next.
      }
      statements = before + subject.statements();
      distinct += subject.distinct();
      if (second.isPresent()) {
        second.get().close();
      }
    }
  }

  /// One report for failures that read the same.
  private static String kind(String failure) {
    return failure.startsWith("internal") ? failure.replaceAll("[0-9]+", "#") : failure;
  }

  private static void fill(Subject subject, List<Table> tables, boolean portable)
      throws Subject.Refused, Subject.Broken {
    for (Table table : tables) {
      try {
        subject.execute("drop table " + table.name());
      } catch (Subject.Refused e) {
        // The first schema finds none.
      }
      subject.execute(table.create(portable));
      for (String insert : table.inserts()) {
        subject.execute(insert);
      }
    }
  }

  /// A failure's smallest form. Where it needs what changes have made of the tables, it stays as
  /// it is.
  private Failure minimized(Check check, List<Table> tables, Subject subject) throws Exception {
    Optional<Subject> second =
        other.isPresent() ? Optional.of(other.get().open()) : Optional.empty();
    Minimizer minimizer = new Minimizer();
    Check small = minimizer.smaller(check, tried -> tried.failure(subject, second).isPresent());
    List<Table> fewer = tables;
    if (fails(small, tables, subject, second)) {
      fewer = minimizer.fewerRows(tables, tried -> fails(small, tried, subject, second));
    }
    fails(small, fewer, subject, second);
    String what = small.failure(subject, second).orElse("shows only after earlier statements");
    if (second.isPresent()) {
      second.get().close();
    }
    fills(tables, subject);
    return new Failure(what, script(small, fewer, what));
  }

  private void fills(List<Table> tables, Subject subject) {
    try {
      fill(subject, tables, other.isPresent());
    } catch (Subject.Refused | Subject.Broken e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean fails(
      Check check, List<Table> tables, Subject subject, Optional<Subject> second) {
    try {
      fill(subject, tables, other.isPresent());
      if (second.isPresent()) {
        fill(second.get(), tables, true);
      }
      return check.failure(subject, second).isPresent();
    } catch (Subject.Refused | Subject.Broken e) {
      return false;
    }
  }

  private static String script(Check check, List<Table> tables, String what) {
    StringBuilder script = new StringBuilder("# " + check.oracle() + ": " + what + "\n");
    String used = String.join(" ", check.statements());
    for (Table table : tables) {
      if (used.matches("(?s).*\\b" + table.name() + "\\b.*")) {
        script.append("\nstatement ok\n").append(table.create(false)).append('\n');
        for (String insert : table.inserts()) {
          script.append("\nstatement ok\n").append(insert).append('\n');
        }
      }
    }
    for (String statement : check.statements()) {
      script.append("\nquery\n").append(statement).append("\n----\n");
    }
    return script.toString();
  }

  private void note(Failure failure, Consumer<String> report) throws IOException {
    failures.add(failure);
    report.accept("FAILURE " + failures.size() + "\n" + failure.script());
    if (out.isPresent()) {
      Files.createDirectories(out.get());
      Files.writeString(out.get().resolve("failure-" + failures.size() + ".slt"), failure.script());
    }
  }
}
