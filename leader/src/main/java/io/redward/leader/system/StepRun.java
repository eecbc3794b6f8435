package io.redward.leader.system;

import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A step of a segment as the step views show it. Segments count rows where they begin and where
/// they end; what a step between passed on is what the segment gave if nothing after it drops rows.
///
/// @param table oid of the stored table it works on, 0 for none
/// @param name the table's name, or what the rows are, or how the step works: which join, or
///     whether it groups
/// @param ranges whether a scan's conditions let it skip blocks
public record StepRun(Kind kind, int table, String name, boolean ranges, long rows) {
  /// Steps by their names in `svl_query_report` and their numbers in `step_type` of the metrics
  /// views; PARSE, which has none there, has one of its own.
  public enum Kind {
    SCAN("scan", 1),
    LOAD("scan", 1),
    PARSE("parse", 5),
    PROJECT("project", 16),
    HASHJOIN("hashjoin", 10),
    MERGEJOIN("mergejoin", 11),
    NESTLOOP("nestloop", 15),
    HASH("hash", 14),
    AGGREGATE("aggr", 3),
    UNIQUE("unique", 18),
    SAVE("save", 12),
    SORT("sort", 6),
    MERGE("merge", 7),
    WINDOW("window", 29),
    LIMIT("limit", 17),
    RETURN("return", 38),
    INSERT("insert", 2),
    DELETE("delete", 20),
    DIST("dist", 8),
    BCAST("bcast", 9);

    private final String word;
    private final int number;

    Kind(String word, int number) {
      this.word = word;
      this.number = number;
    }

    /// The kind of this name, unless it is another version's.
    public static Optional<Kind> named(String name) {
      return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }

    public String word() {
      return word;
    }

    /// The number in `step_type` of the metrics views.
    int number() {
      return number;
    }
  }

  /// What the step is called with its table.
  public String label() {
    return switch (kind) {
      case SCAN, LOAD -> "scan   tbl=" + table + " name=" + name;
      case INSERT, DELETE -> kind.word() + " tbl=" + table;
      default -> kind.word();
    };
  }

  /// What `sys_query_detail` calls the step.
  String stepName() {
    return kind == Kind.AGGREGATE ? "aggregate" : kind.word();
  }

  /// The step by which a segment's rows went to other machines.
  public static StepRun of(ExecutionResult.Move move) {
    return plain(move.broadcast() ? Kind.BCAST : Kind.DIST, move.rows());
  }

  /// The steps of COPY, which has no plan: it reads files, makes values of their text and appends
  /// rows.
  ///
  /// @param read rows of the files, bad ones with them
  public static List<StepRun> ofLoad(int table, String name, long read, long loaded) {
    return List.of(
        new StepRun(Kind.LOAD, 0, "files", false, read),
        plain(Kind.PARSE, read),
        on(Kind.INSERT, table, name, loaded));
  }

  /// The steps of a segment that ran.
  public static List<StepRun> of(Segment segment, SegmentProfile profile) {
    List<StepRun> steps = new ArrayList<>(4);
    long in = profile.sourceRows();
    long out = profile.sinkRows();
    source(segment.source(), in, steps);
    int last = lastThatDrops(segment.transforms());
    for (int i = 0; i < segment.transforms().size(); i++) {
      long rows = i >= last ? out : in;
      switch (segment.transforms().get(i)) {
        case TransformStep.Filter _ -> {}
        case TransformStep.Project _, TransformStep.Expand _, TransformStep.Unnest _ ->
            steps.add(plain(Kind.PROJECT, rows));
        case TransformStep.Probe probe ->
            steps.add(new StepRun(Kind.HASHJOIN, 0, probe.kind().name(), false, rows));
        case TransformStep.NestedLoop _ -> steps.add(plain(Kind.NESTLOOP, rows));
      }
    }
    sink(segment.sink(), out, steps);
    return steps;
  }

  private static int lastThatDrops(List<TransformStep> transforms) {
    int last = 0;
    for (int i = 0; i < transforms.size(); i++) {
      if (!(transforms.get(i) instanceof TransformStep.Project)) {
        last = i;
      }
    }
    return last;
  }

  private static void source(SourceStep source, long rows, List<StepRun> steps) {
    switch (source) {
      case SourceStep.TableScan scan -> steps.add(scan(scan, rows));
      case SourceStep.SystemScan scan ->
          steps.add(new StepRun(Kind.SCAN, 0, scan.name(), false, rows));
      case SourceStep.MergeJoin join -> {
        steps.add(scan(join.outer(), rows));
        steps.add(scan(join.inner(), rows));
        steps.add(plain(Kind.MERGEJOIN, rows));
      }
      case SourceStep.BufferScan buffer when buffer.ordered() -> steps.add(plain(Kind.MERGE, rows));
      case SourceStep.Values _,
          SourceStep.Receive _,
          SourceStep.AggregateScan _,
          SourceStep.BufferScan _,
          SourceStep.JoinScan _ ->
          steps.add(new StepRun(Kind.SCAN, 0, "Internal Worktable", false, rows));
    }
  }

  private static StepRun scan(SourceStep.TableScan scan, long rows) {
    return new StepRun(
        Kind.SCAN, (int) scan.tableId(), scan.tableName(), !scan.predicates().isEmpty(), rows);
  }

  private static void sink(SinkStep sink, long rows, List<StepRun> steps) {
    switch (sink) {
      case SinkStep.Build _ -> steps.add(plain(Kind.HASH, rows));
      case SinkStep.Aggregate groups -> steps.add(aggregate(groups, rows));
      case SinkStep.Materialize _ -> steps.add(plain(Kind.SAVE, rows));
      case SinkStep.Sort _ -> steps.add(plain(Kind.SORT, rows));
      case SinkStep.Window _ -> steps.add(plain(Kind.WINDOW, rows));
      case SinkStep.Send _ -> steps.add(plain(Kind.SAVE, rows));
      case SinkStep.Return back -> {
        if (back.limit().isPresent()) {
          steps.add(plain(Kind.LIMIT, rows));
        }
        steps.add(plain(Kind.RETURN, rows));
      }
      case SinkStep.Insert insert ->
          steps.add(on(Kind.INSERT, insert.tableId(), insert.tableName(), rows));
      case SinkStep.Delete delete ->
          steps.add(on(Kind.DELETE, delete.tableId(), delete.tableName(), rows));
      case SinkStep.Update update -> {
        steps.add(on(Kind.DELETE, update.tableId(), update.tableName(), rows));
        steps.add(on(Kind.INSERT, update.tableId(), update.tableName(), rows));
      }
      case SinkStep.Merge merge ->
          steps.add(on(Kind.INSERT, merge.tableId(), merge.tableName(), rows));
    }
  }

  /// Groups of which nothing but their keys is asked leave out duplicates.
  private static StepRun aggregate(SinkStep.Aggregate groups, long rows) {
    boolean grouped = !groups.keys().isEmpty();
    Kind kind = grouped && groups.calls().isEmpty() ? Kind.UNIQUE : Kind.AGGREGATE;
    String way = !grouped ? "PLAIN" : groups.sorted() ? "SORTED" : "HASHED";
    return new StepRun(kind, 0, way, false, rows);
  }

  private static StepRun plain(Kind kind, long rows) {
    return new StepRun(kind, 0, "", false, rows);
  }

  private static StepRun on(Kind kind, long table, String name, long rows) {
    return new StepRun(kind, (int) table, name, false, rows);
  }
}
