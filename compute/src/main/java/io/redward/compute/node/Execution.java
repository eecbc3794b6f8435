package io.redward.compute.node;

import io.redward.compute.scan.TopBound;
import io.redward.compute.step.BatchSource;
import io.redward.compute.step.ConstantEvaluator;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.batch.Vector;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.plan.step.TransformStep;
import io.redward.runtime.segment.CompiledSegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One run of one plan: its streams one after another, the states they leave to each other, and the
/// memory that these take.
final class Execution implements AutoCloseable {
  private final Statement statement;
  private final Compilation compilation;
  private final Workers workers;
  private final States states;
  private final Sources sources;
  private final List<SegmentProfile> profiles = new ArrayList<>();
  private final Map<Integer, StateOutput> filling = new HashMap<>();
  private final boolean paysForCompiling;
  private boolean compiling;

  Execution(
      Statement statement,
      Compilation compilation,
      ConstantEvaluator evaluator,
      Workers workers,
      long memoryBytes) {
    this.statement = statement;
    this.compilation = compilation;
    paysForCompiling = compilation.firstUse();
    compiling = compilation.isDone();
    this.workers = workers;
    states = new States(new MemoryBudget(memoryBytes));
    sources = new Sources(statement, states, evaluator);
  }

  ExecutionResult run() {
    long rows = 0;
    for (Stream stream : statement.plan().streams()) {
      for (Segment segment : stream.segments()) {
        statement.cancel().check();
        rows += run(stream, segment);
      }
    }
    return new ExecutionResult(rows, profiles);
  }

  private long run(Stream stream, Segment segment) {
    long started = System.nanoTime();
    CompiledSegment compiled =
        SlicedProgram.wrap(segment, compilation.get(segment), states, statement.cancel());
    Optional<TopBound> top = TopBound.of(segment);
    BatchSource opened = sources.open(segment, top);
    BatchSource source = endsSoon(segment) ? BatchSource.forOneWorker(opened) : opened;
    if (source.workUnits() > 1 && !compiling) {
      compiling = true;
      compilation.startAll(workers.threads());
    }
    SegmentOutput output = output(segment);
    SegmentRun run =
        new SegmentRun(statement, states, workers, compiled, source, output, lastWanted(top));
    long rows = run.run();
    profiles.add(
        new SegmentProfile(
            stream.id(),
            segment.id(),
            run.sourceRows(),
            run.sinkRows(),
            output.bytes(),
            System.nanoTime() - started,
            paysForCompiling ? compiled.compileNanos() : 0));
    return rows;
  }

  /// True if the first batches of the source satisfy the client: not worth waking other threads.
  private static boolean endsSoon(Segment segment) {
    return segment.sink() instanceof SinkStep.Return returned
        && returned.limit().isPresent()
        && returned.limit().getAsLong() + returned.offset() <= Batch.CAPACITY
        && segment.transforms().stream().allMatch(TransformStep.Project.class::isInstance)
        && !(segment.source() instanceof SourceStep.TableScan scan
            && !(scan.predicates().isEmpty() && scan.joinFilters().isEmpty()));
  }

  private static Consumer<Vector> lastWanted(Optional<TopBound> top) {
    return top.isPresent() ? top.get() : _ -> {};
  }

  private SegmentOutput output(Segment segment) {
    SinkStep sink = segment.sink();
    return switch (sink) {
      case SinkStep.Return _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ ->
          SinkOutput.of(sink, segment.sinkInput(), statement);
      case SinkStep.Build _,
          SinkStep.Aggregate _,
          SinkStep.Materialize _,
          SinkStep.Sort _,
          SinkStep.Window _ ->
          stateOutput(segment);
    };
  }

  /// The output of the state that the segment fills, shared with other segments that fill it; the
  /// last of them seals it.
  private StateOutput stateOutput(Segment segment) {
    int state = stateId(segment.sink());
    return filling.computeIfAbsent(
        state,
        _ ->
            new StateOutput(
                segment.sink(), states.create(segment.sink()), states.budget(), fillers(state)));
  }

  private int fillers(int state) {
    int count = 0;
    for (Stream stream : statement.plan().streams()) {
      for (Segment segment : stream.segments()) {
        count += stateId(segment.sink()) == state ? 1 : 0;
      }
    }
    return count;
  }

  /// The state a sink fills, -1 if it fills none.
  private static int stateId(SinkStep sink) {
    return switch (sink) {
      case SinkStep.Build build -> build.stateId();
      case SinkStep.Aggregate aggregate -> aggregate.stateId();
      case SinkStep.Materialize materialize -> materialize.stateId();
      case SinkStep.Sort sort -> sort.stateId();
      case SinkStep.Window window -> window.stateId();
      case SinkStep.Return _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ ->
          -1;
    };
  }

  @Override
  public void close() {
    states.close();
  }
}
