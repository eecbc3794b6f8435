package io.redward.bench;

import io.redward.bench.report.BenchReport;
import io.redward.bench.report.Machine;
import io.redward.bench.report.Measure;
import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench load`: what writes many rows, in two engines in turn: COPY of text and of Parquet, CTAS
/// of a whole table and of most of it, UPDATE, DELETE and MERGE that each touch a quarter of a
/// table. After each step both engines must hold the same rows.
@Command(
    name = "load",
    description = "COPY of text and Parquet, CTAS, large UPDATE, DELETE and MERGE.",
    mixinStandardHelpOptions = true)
final class LoadBench implements Callable<Integer> {
  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "TPC-H scale factor, a gigabyte of text each (${DEFAULT-VALUE}).")
  private double scale;

  @Mixin private ComparisonOptions comparison;
  @Mixin private BenchOptions options;

  /// Work to be timed.
  ///
  /// @param before statements that are not timed
  /// @param ours what is timed here
  /// @param theirs what is timed elsewhere
  /// @param check a query whose answers must agree afterwards
  private record Step(String name, List<String> before, String ours, String theirs, String check) {}

  @Override
  public Integer call() throws Exception {
    comparison.check();
    Path data = options.scratch();
    Path files = data.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    List<Measure> measures = new ArrayList<>();
    Machine machine = Machine.here();
    try (RedwardContender ours = comparison.redward(data);
        DuckDbContender theirs = comparison.duckDb(data)) {
      Workload workload = Tpch.workload(files);
      double[] before = {ours.cpuMillis(), theirs.cpuMillis()};
      add(
          measures,
          new Measure("work", "s", "COPY of text", ours.load(workload), theirs.load(workload)),
          (ours.cpuMillis() - before[0]) / 1e3,
          (theirs.cpuMillis() - before[1]) / 1e3);
      Path parquet = data.resolve("load-" + scale + ".parquet");
      theirs.execute("copy lineitem to '" + parquet + "' (format parquet)");
      try {
        for (Step step : steps(parquet)) {
          measure(step, ours, theirs, measures);
        }
      } finally {
        Files.deleteIfExists(parquet);
      }
      finish(measures, ours, theirs);
    }
    comparison.drawProfile(data);
    BenchReport report =
        new BenchReport(
            "load", Map.of("scale", Double.toString(scale)), "duckdb", machine, measures);
    report.printSummary(System.out);
    options.write(report);
    return 0;
  }

  private static void add(
      List<Measure> measures, Measure time, double ourProcessor, double theirProcessor) {
    Measure processor =
        new Measure("processor time", "s", time.work(), ourProcessor, theirProcessor);
    measures.add(time);
    measures.add(processor);
    System.out.printf(
        "%-16s | redward %8.2f s | duckdb %8.2f s | ratio %6.2f | processor %8.2f %8.2f %6.2f %s%n",
        time.work(),
        time.ours(),
        time.theirs(),
        time.ratio(),
        ourProcessor,
        theirProcessor,
        processor.ratio(),
        time.note());
  }

  private static void finish(List<Measure> measures, RedwardContender ours, DuckDbContender theirs)
      throws IOException {
    double mean =
        measures.stream()
            .filter(each -> each.metric().equals("work"))
            .mapToDouble(each -> Math.log(each.ratio()))
            .average()
            .orElse(0);
    measures.add(
        new Measure(
            "ratio, geometric mean", "", "all work", Math.exp(mean), Double.NaN, "to duckdb"));
    measures.add(
        new Measure(
            "peak memory",
            "MB",
            "process",
            ours.peakMemoryBytes() / 1e6,
            theirs.peakMemoryBytes() / 1e6));
  }

  private static List<Step> steps(Path parquet) {
    String lineitem = "count(*), sum(l_quantity), min(l_comment), max(l_comment)";
    String copied = "select " + lineitem + " from lineitem_copy";
    String fresh = "create table lineitem_copy as select * from lineitem";
    String empty = "create table lineitem_copy as select * from lineitem where l_orderkey < 0";
    String most = fresh + " where l_shipdate <= date '1998-09-02'";
    String drop = "drop table if exists lineitem_copy";
    String update =
        "update lineitem_copy set l_quantity = l_quantity + 1, l_comment = 'changed'"
            + " where mod(l_orderkey, 4) = 0";
    String delete = "delete from lineitem_copy where mod(l_orderkey, 4) = 1";
    // Of every 32 keys dbgen uses the first 8: those with 16 added are new.
    String changes =
        "create table changes as select case when mod(o_orderkey, 8) = 0 then o_orderkey + 16"
            + " else o_orderkey end as k, o_custkey as c, o_totalprice + 1 as p, o_orderdate as d"
            + " from orders where mod(o_orderkey, 4) = 0";
    String merge =
        "merge into target using changes on target.o_orderkey = changes.k when matched then update"
            + " set o_totalprice = changes.p when not matched then insert (o_orderkey, o_custkey,"
            + " o_totalprice, o_orderdate) values (changes.k, changes.c, changes.p, changes.d)";
    return List.of(
        new Step(
            "COPY of Parquet",
            List.of(drop, empty),
            "copy lineitem_copy from 'file://" + parquet + "' format as parquet",
            "copy lineitem_copy from '" + parquet + "' (format parquet)",
            copied),
        new Step("CTAS", List.of(drop), fresh, fresh, copied),
        new Step("CTAS of a query", List.of(drop), most, most, copied),
        new Step("UPDATE", List.of(drop, fresh), update, update, copied),
        new Step("DELETE", List.of(drop, fresh), delete, delete, copied),
        new Step(
            "MERGE",
            List.of(
                "drop table if exists target",
                "drop table if exists changes",
                "create table target as select o_orderkey, o_custkey, o_totalprice, o_orderdate"
                    + " from orders",
                changes),
            merge,
            merge,
            "select count(*), sum(o_totalprice), sum(o_orderkey), max(o_orderdate) from target"));
  }

  private void measure(
      Step step, RedwardContender ours, DuckDbContender theirs, List<Measure> measures) {
    double[] our = new double[comparison.runs()];
    double[] their = new double[comparison.runs()];
    double[] ourProcessor = new double[our.length];
    double[] theirProcessor = new double[our.length];
    try {
      for (int run = 0; run < our.length; run++) {
        for (String statement : step.before()) {
          ours.execute(statement);
          theirs.execute(statement);
        }
        ourProcessor[run] = -ours.cpuMillis();
        our[run] = ours.time(step.ours());
        ourProcessor[run] += ours.cpuMillis();
        theirProcessor[run] = -theirs.cpuMillis();
        their[run] = theirs.time(step.theirs());
        theirProcessor[run] += theirs.cpuMillis();
      }
      List<String> ourAnswer = ours.answer(step.check());
      List<String> theirAnswer = theirs.answer(step.check());
      String note =
          Answers.agree(ourAnswer, theirAnswer)
              ? ""
              : "DIFFERS: " + ourAnswer + " and " + theirAnswer;
      add(
          measures,
          new Measure("work", "s", step.name(), Median.of(our), Median.of(their), note),
          Median.of(ourProcessor) / 1e3,
          Median.of(theirProcessor) / 1e3);
    } catch (SQLException e) {
      measures.add(
          new Measure(
              "work", "s", step.name(), Double.NaN, Double.NaN, "FAILS: " + e.getMessage()));
      System.out.println(step.name() + " " + measures.getLast().note());
    }
  }
}
