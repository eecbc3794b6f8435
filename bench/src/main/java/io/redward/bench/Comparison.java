package io.redward.bench;

import io.redward.bench.QueryFigures.Agreement;
import io.redward.bench.report.BenchReport;
import io.redward.bench.report.Machine;
import io.redward.bench.report.Measure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Runs a workload in two engines: loads both from the same files, restarts ours so that nothing is
/// warm, then runs each query in both in turn. A query that fails or differs is told and the others
/// go on.
final class Comparison {
  private final RedwardContender ours;
  private final Contender theirs;
  private final Workload workload;
  private final int runs;
  private final List<Measure> measures = new ArrayList<>();
  private final List<QueryFigures> queries = new ArrayList<>();

  Comparison(RedwardContender ours, Contender theirs, Workload workload, int runs) {
    this.ours = ours;
    this.theirs = theirs;
    this.workload = workload;
    this.runs = runs;
  }

  BenchReport run(String bench, Map<String, String> options)
      throws SQLException, IOException, InterruptedException {
    Machine machine = Machine.here();
    double ourLoad = ours.load(workload);
    System.out.printf("load redward %.1f s%n", ourLoad);
    double theirLoad = theirs.load(workload);
    System.out.printf(
        "load %s %.1f s   ratio %.2f%n", theirs.name(), theirLoad, ourLoad / theirLoad);
    ours.restart();
    System.out.println(QueryFigures.HEADER);
    List<First> firsts = workload.queries().stream().map(this::first).toList();
    for (First first : firsts) {
      queries.add(measure(first));
      System.out.println(queries.getLast().line());
    }
    perQuery("hot run", QueryFigures::ourHot, QueryFigures::theirHot);
    perQuery("first run", QueryFigures::ourFirst, QueryFigures::theirFirst);
    measures.add(new Measure("load", "s", "all tables", ourLoad, theirLoad));
    measures.add(
        new Measure(
            "disk", "MB", "all tables", ours.bytesOnDisk() / 1e6, theirs.bytesOnDisk() / 1e6));
    measures.add(
        new Measure(
            "peak memory",
            "MB",
            "process",
            ours.peakMemoryBytes() / 1e6,
            theirs.peakMemoryBytes() / 1e6));
    long agreeing = queries.stream().filter(query -> query.agreement().agrees()).count();
    measures.add(
        new Measure(
            "answers that agree", "", "all queries", agreeing, Double.NaN, "of " + queries.size()));
    return new BenchReport(bench, options, theirs.name(), machine, measures);
  }

  private void perQuery(
      String metric, ToDoubleFunction<QueryFigures> our, ToDoubleFunction<QueryFigures> their) {
    for (QueryFigures query : queries) {
      measures.add(
          new Measure(
              metric,
              "ms",
              query.name(),
              our.applyAsDouble(query),
              their.applyAsDouble(query),
              query.note()));
    }
    List<QueryFigures> timed = queries.stream().filter(QueryFigures::timed).toList();
    measures.add(
        new Measure(
            metric + ", geometric mean",
            "ms",
            "all queries",
            geometricMean(timed, our),
            geometricMean(timed, their)));
    measures.add(
        new Measure(
            metric + ", slowest",
            "ms",
            "all queries",
            timed.stream().mapToDouble(our).max().orElse(0),
            timed.stream().mapToDouble(their).max().orElse(0)));
  }

  private static double geometricMean(
      List<QueryFigures> queries, ToDoubleFunction<QueryFigures> figure) {
    return Math.exp(
        queries.stream()
            .mapToDouble(query -> Math.log(figure.applyAsDouble(query)))
            .average()
            .orElse(0));
  }

  /// What a query's first run took in both engines, in milliseconds.
  ///
  /// @param failure empty, or what an engine answered instead
  private record First(
      Workload.Query query, double ours, double theirs, Agreement agreement, String failure) {}

  /// A query is run once before any query is run again, so that hot runs are those of an engine
  /// that has seen the whole work.
  private First first(Workload.Query query) {
    Agreement agreement = Agreement.WE_FAIL;
    try {
      double our = ours.run(query.text());
      agreement = Agreement.THEY_FAIL;
      return new First(query, our, theirs.run(query.text()), Agreement.AGREE, "");
    } catch (SQLException e) {
      return new First(query, Double.NaN, Double.NaN, agreement, firstLine(e));
    }
  }

  private QueryFigures measure(First first) {
    String text = first.query().text();
    if (!first.agreement().agrees()) {
      return failed(first, first.agreement(), first.failure());
    }
    double[] our = new double[runs];
    double[] their = new double[runs];
    Agreement agreement = Agreement.WE_FAIL;
    try {
      for (int run = 0; run < runs; run++) {
        agreement = Agreement.WE_FAIL;
        our[run] = ours.run(text);
        agreement = Agreement.THEY_FAIL;
        their[run] = theirs.run(text);
      }
      String comparable = Averages.ofDoubles(text);
      agreement = Agreement.WE_FAIL;
      List<String> ourAnswer = ours.answer(comparable);
      agreement = Agreement.THEY_FAIL;
      List<String> theirAnswer = theirs.answer(comparable);
      agreement = Answers.compare(ourAnswer, theirAnswer);
      String note = agreement == Agreement.DIFFER ? Answers.difference(ourAnswer, theirAnswer) : "";
      return new QueryFigures(
          first.query().name(),
          first.ours(),
          Median.of(our),
          first.theirs(),
          Median.of(their),
          agreement,
          note);
    } catch (SQLException e) {
      return failed(first, agreement, firstLine(e));
    }
  }

  private static QueryFigures failed(First first, Agreement agreement, String note) {
    double none = Double.NaN;
    return new QueryFigures(first.query().name(), none, none, none, none, agreement, note);
  }

  private static String firstLine(SQLException error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }
}
