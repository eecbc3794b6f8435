package io.redward.bench.fuzz;

import io.redward.bench.fuzz.Part.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/// A check of one random query: its parts, and what must hold for the answers.
///
/// @param parts the oracle's own: see each
record Check(Oracle oracle, List<Part> parts) {
  private static final BigDecimal ROUNDING = new BigDecimal("1e-12");

  /// What must hold.
  enum Oracle {
    /// FROM, condition, select list: rows for true, false and unknown are all rows.
    PARTITIONS,
    /// The same of distinct rows.
    DISTINCT_PARTITIONS,
    /// FROM, condition, number: counts, sums, least and greatest of the three are those of all.
    AGGREGATES,
    /// FROM, condition: as many rows pass the filter as have the value true.
    FILTER_AS_VALUE,
    /// A statement: does not fail inside.
    RUNS,
    /// A query: gives the other engine's rows, and gives them again with its plan and code at hand.
    SAME_ELSEWHERE
  }

  Check {
    parts = List.copyOf(parts);
  }

  /// What is wrong, if anything. Statements that are refused prove nothing.
  Optional<String> failure(Subject subject, Optional<Subject> other) {
    try {
      return switch (oracle) {
        case PARTITIONS -> partitions(subject, false);
        case DISTINCT_PARTITIONS -> partitions(subject, true);
        case AGGREGATES -> aggregates(subject);
        case FILTER_AS_VALUE -> filter(subject);
        case RUNS -> {
          subject.execute(sql(parts.getFirst()));
          yield Optional.empty();
        }
        case SAME_ELSEWHERE -> compare(subject, other.orElseThrow());
      };
    } catch (Subject.Refused e) {
      return Optional.empty();
    } catch (Subject.Broken e) {
      return Optional.of("internal error: " + e.getMessage());
    }
  }

  /// The statements of the check, for a report.
  List<String> statements() {
    return switch (oracle) {
      case PARTITIONS, DISTINCT_PARTITIONS, AGGREGATES ->
          List.of(whole(), part("%"), part("(not %)"), part("(% is null)"));
      case FILTER_AS_VALUE -> List.of(counted(), valued());
      case RUNS, SAME_ELSEWHERE -> List.of(sql(parts.getFirst()));
    };
  }

  private static String sql(Part part) {
    return part.sql();
  }

  private String selected() {
    return switch (oracle) {
      case PARTITIONS -> "select " + sql(parts.get(2));
      case DISTINCT_PARTITIONS -> "select distinct " + sql(parts.get(2));
      default -> {
        String number = sql(parts.get(2));
        yield "select count(*), count("
            + number
            + "), sum("
            + number
            + "), min("
            + number
            + "), max("
            + number
            + ")";
      }
    };
  }

  private String whole() {
    return selected() + " from " + sql(parts.getFirst());
  }

  private String part(String form) {
    return whole() + " where " + form.replace("%", sql(parts.get(1)));
  }

  private String counted() {
    return "select count(*) from " + sql(parts.get(0)) + " where " + sql(parts.get(1));
  }

  private String valued() {
    return "select sum(case when v then 1 else 0 end) from (select "
        + sql(parts.get(1))
        + " as v from "
        + sql(parts.get(0))
        + ") q";
  }

  private Optional<String> partitions(Subject subject, boolean distinct)
      throws Subject.Refused, Subject.Broken {
    List<String> all = subject.rows(whole());
    List<String> together = new ArrayList<>(subject.rows(part("%")));
    together.addAll(subject.rows(part("(not %)")));
    together.addAll(subject.rows(part("(% is null)")));
    if (distinct) {
      // Different rows may read the same, as '0' and '00' do.
      all = new ArrayList<>(new TreeSet<>(all));
      together = new ArrayList<>(new TreeSet<>(together));
    }
    return difference("all rows", all, "the three parts", together);
  }

  private static Optional<String> difference(
      String a, List<String> left, String b, List<String> right) {
    List<String> one = new ArrayList<>(left);
    List<String> two = new ArrayList<>(right);
    Collections.sort(one);
    Collections.sort(two);
    if (one.equals(two)) {
      return Optional.empty();
    }
    List<String> onlyOne = without(one, two);
    List<String> onlyTwo = without(two, one);
    return Optional.of(
        "%s: %d rows, %s: %d rows; only the first: %s; only the second: %s"
            .formatted(a, one.size(), b, two.size(), few(onlyOne), few(onlyTwo)));
  }

  /// The rows that find no partner among others.
  private static List<String> without(List<String> rows, List<String> others) {
    Map<String, Integer> partners = new HashMap<>();
    others.forEach(row -> partners.merge(row, 1, Integer::sum));
    return rows.stream().filter(row -> partners.merge(row, -1, Integer::sum) < 0).toList();
  }

  private static List<String> few(List<String> rows) {
    return rows.subList(0, Math.min(3, rows.size()));
  }

  private Optional<String> aggregates(Subject subject) throws Subject.Refused, Subject.Broken {
    String[] all = subject.rows(whole()).getFirst().split("\\|");
    List<String[]> three = new ArrayList<>();
    for (String form : List.of("%", "(not %)", "(% is null)")) {
      three.add(subject.rows(part(form)).getFirst().split("\\|"));
    }
    for (int i = 0; i < all.length; i++) {
      Optional<BigDecimal> combined = Optional.empty();
      for (String[] each : three) {
        combined = combine(i, combined, number(each[i]));
      }
      Optional<BigDecimal> whole = number(all[i]);
      boolean equal =
          whole.isPresent() && combined.isPresent()
              ? same(whole.get(), combined.get())
              : whole.equals(combined);
      if (!equal) {
        return Optional.of(
            "aggregate %d of all rows: %s, of the three parts: %s".formatted(i, whole, combined));
      }
    }
    return Optional.empty();
  }

  /// Sums of floating-point numbers depend on the order of the summands in their last digits.
  private static boolean same(BigDecimal a, BigDecimal b) {
    boolean whole = a.stripTrailingZeros().scale() <= 0 && b.stripTrailingZeros().scale() <= 0;
    return whole
        ? a.compareTo(b) == 0
        : a.subtract(b).abs().compareTo(a.abs().max(b.abs()).multiply(ROUNDING)) <= 0;
  }

  private static Optional<BigDecimal> number(String cell) {
    return cell.equals("NULL") ? Optional.empty() : Optional.of(new BigDecimal(cell));
  }

  private static Optional<BigDecimal> combine(
      int aggregate, Optional<BigDecimal> a, Optional<BigDecimal> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return Optional.of(
        switch (aggregate) {
          case 3 -> a.get().min(b.get());
          case 4 -> a.get().max(b.get());
          default -> a.get().add(b.get());
        });
  }

  private Optional<String> filter(Subject subject) throws Subject.Refused, Subject.Broken {
    String counted = subject.rows(counted()).getFirst();
    String valued = subject.rows(valued()).getFirst();
    String sum = valued.equals("NULL") ? "0" : valued;
    return counted.equals(sum)
        ? Optional.empty()
        : Optional.of("as a filter: " + counted + " rows, as a value: " + sum);
  }

  private Optional<String> compare(Subject subject, Subject other)
      throws Subject.Refused, Subject.Broken {
    String query = sql(parts.getFirst());
    List<String> fresh = subject.rows(query);
    Optional<String> elsewhere = difference("here", fresh, "elsewhere", other.rows(query));
    return elsewhere.isPresent()
        ? elsewhere
        : difference("first run", fresh, "with its plan and code at hand", subject.rows(query));
  }

  /// Random checks that belong together: of one condition, by all oracles; now and then of one
  /// statement.
  ///
  /// Half of the rounds over a condition end with a change of a table and the same checks once
  /// more: their plans and code are then at hand, made for what the table was before.
  static List<Check> round(Grammar grammar, Random random, boolean elsewhere) {
    if (elsewhere) {
      return List.of(new Check(Oracle.SAME_ELSEWHERE, List.of(grammar.free())));
    }
    if (random.nextInt(4) == 0) {
      Part statement = random.nextBoolean() ? grammar.free() : grammar.change();
      return List.of(new Check(Oracle.RUNS, List.of(statement)));
    }
    Grammar.Source source = grammar.source();
    Part condition = grammar.condition(1 + random.nextInt(3), source.columns());
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(Oracle.PARTITIONS, List.of(source.from(), condition, items(grammar, source))));
    checks.add(new Check(Oracle.FILTER_AS_VALUE, List.of(source.from(), condition)));
    checks.add(
        random.nextInt(3) == 0
            ? new Check(
                Oracle.DISTINCT_PARTITIONS,
                List.of(source.from(), condition, items(grammar, source)))
            : new Check(
                Oracle.AGGREGATES,
                List.of(
                    source.from(),
                    condition,
                    grammar.expression(Kind.INTEGER, 2, source.columns()))));
    if (random.nextBoolean()) {
      List<Check> again = List.copyOf(checks);
      checks.add(new Check(Oracle.RUNS, List.of(grammar.change())));
      checks.addAll(again);
    }
    return List.copyOf(checks);
  }

  private static Part items(Grammar grammar, Grammar.Source source) {
    List<Part> items = grammar.items(source.columns());
    return new Part(Kind.OTHER, String.join(", ", Collections.nCopies(items.size(), "%")), items);
  }
}
