package io.redward.compute.node;

import io.redward.compute.step.BatchSource;
import io.redward.compute.step.ConstantEvaluator;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.Stream;
import io.redward.runtime.segment.CompiledSegment;
import io.redward.runtime.segment.SegmentCompiler;
import java.util.ArrayList;
import java.util.List;

/// One run of one plan: its streams one after another, the states they leave to each other, and the
/// memory that these take.
final class Execution implements AutoCloseable {
  private final Statement statement;
  private final SegmentCompiler compiler;
  private final Workers workers;
  private final States states;
  private final Sources sources;
  private final List<SegmentProfile> profiles = new ArrayList<>();

  Execution(
      Statement statement,
      SegmentCompiler compiler,
      ConstantEvaluator evaluator,
      Workers workers,
      long memoryBytes) {
    this.statement = statement;
    this.compiler = compiler;
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
    CompiledSegment compiled = compiler.compile(statement.plan(), segment);
    BatchSource source = sources.open(segment);
    SegmentOutput output = output(segment);
    SegmentRun run = new SegmentRun(statement, states, workers, compiled, source, output);
    long rows = run.run();
    profiles.add(
        new SegmentProfile(
            stream.id(),
            segment.id(),
            run.sourceRows(),
            run.sinkRows(),
            output.bytes(),
            System.nanoTime() - started,
            compiled.compileNanos()));
    return rows;
  }

  private SegmentOutput output(Segment segment) {
    SinkStep sink = segment.sink();
    return switch (sink) {
      case SinkStep.Return _, SinkStep.Insert _, SinkStep.Delete _, SinkStep.Update _ ->
          SinkOutput.of(sink, segment.sinkInput(), statement);
      case SinkStep.Build _,
          SinkStep.Aggregate _,
          SinkStep.Materialize _,
          SinkStep.Sort _,
          SinkStep.Window _ ->
          new StateOutput(sink, states.create(sink), states.budget());
    };
  }

  @Override
  public void close() {
    states.close();
  }
}
