package io.redward.compute.node;

import io.redward.compute.scan.TopBound;
import io.redward.compute.step.BatchSource;
import io.redward.compute.step.ConstantEvaluator;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.trace.Progress;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run of one plan: its streams one after another, the states they leave to each other, and the
/// memory that these take.
final class Execution implements AutoCloseable {
  private static final int FEW_ROWS = 64;

  private final Statement statement;
  private final Compilation compilation;
  private final Workers workers;
  private final States states;
  private final Sources sources;
  private final List<SegmentProfile> profiles = new CopyOnWriteArrayList<>();
  private final Map<Integer, StateOutput> filling = new HashMap<>();
  private final int segments;
  private final boolean paysForCompiling;
  private boolean compiling;
  private volatile @Nullable Live live;

  /// The segment at work.
  ///
  /// @param before rows and bytes of its earlier passes
  private record Live(
      Stream stream,
      Segment segment,
      long started,
      Counts before,
      SegmentRun run,
      BatchSource source) {}

  private record Counts(long sourceRows, long sinkRows, long bytesRead) {}

  Execution(
      Statement statement,
      Compilation compilation,
      ConstantEvaluator evaluator,
      Workers workers,
      QueryMemory memory) {
    this.statement = statement;
    this.compilation = compilation;
    paysForCompiling = compilation.firstUse();
    compiling = compilation.isDone();
    this.workers = workers;
    segments = statement.plan().streams().stream().mapToInt(s -> s.segments().size()).sum();
    states = new States(memory);
    sources = new Sources(statement, states, evaluator);
  }

  ExecutionResult run() {
    Progress progress = statement.progress();
    QueryMemory memory = states.memory();
    progress.begin(
        new Progress.Memory(() -> memory.budget().usedBytes(), () -> memory.file().bytes()),
        workers.turn(),
        this::tallies,
        this::nanosLeft);
    try {
      return runAll();
    } finally {
      progress.end();
    }
  }

  private ExecutionResult runAll() {
    long rows = 0;
    for (Stream stream : statement.plan().streams()) {
      for (Segment segment : stream.segments()) {
        statement.cancel().check();
        rows += run(stream, segment);
      }
    }
    compilation.took(profiles);
    return new ExecutionResult(rows, profiles);
  }

  private long run(Stream stream, Segment segment) {
    long started = System.nanoTime();
    long spilledBefore = states.memory().file().bytes();
    Optional<TopBound> top = TopBound.of(segment);
    PartitionPasses passes = PartitionPasses.of(segment, states, workers);
    SegmentOutput output = output(segment);
    CompiledSegment compiled = compiled(segment, passes);
    long sourceRows = 0;
    long sinkRows = 0;
    SegmentProfile.Blocks blocks = SegmentProfile.Blocks.NONE;
    try (passes) {
      while (passes.next() && !output.satisfied()) {
        BatchSource opened = sources.open(segment, top);
        BatchSource source = endsSoon(segment) ? BatchSource.forOneWorker(opened) : opened;
        if (source.workUnits() > 1 && !compiling) {
          compiling = true;
          compilation.startAll(workers.threads());
        }
        CompiledSegment sliced =
            PassingProgram.wrap(
                segment, SlicedProgram.wrap(segment, compiled, states, statement.cancel()));
        SegmentOutput.Hints hints =
            new SegmentOutput.Hints(lastWanted(top), batchRows(segment, source));
        watch(stream, segment, source, started);
        SegmentRun run = new SegmentRun(statement, states, workers, sliced, source, output, hints);
        Counts before = new Counts(sourceRows, sinkRows, bytes(blocks));
        live = new Live(stream, segment, started, before, run, source);
        run.run(workers.wanted(ExpectedWork.nanos(segment, source)));
        sourceRows += run.sourceRows();
        sinkRows += run.sinkRows();
        blocks = blocks.plus(run.blocks());
      }
    }
    long rows = output.finish(workers);
    profiles.add(
        new SegmentProfile(
            stream.id(),
            segment.id(),
            sourceRows,
            sinkRows,
            output.bytes(),
            states.memory().file().bytes() - spilledBefore,
            System.nanoTime() - started,
            paysForCompiling ? compiled.made() : SegmentProfile.Code.CACHED,
            states.memory().budget().usedBytes(),
            blocks));
    live = null;
    return rows;
  }

  private static long bytes(SegmentProfile.Blocks blocks) {
    return blocks.cachedBytes() + blocks.loadedBytes();
  }

  /// What the segments have come to so far.
  private List<Progress.Tally> tallies() {
    Live working = live;
    List<Progress.Tally> tallies = new ArrayList<>();
    for (SegmentProfile profile : profiles) {
      if (working == null || working.segment().id() != profile.segment()) {
        tallies.add(
            new Progress.Tally(
                profile.stream(),
                profile.segment(),
                profile.sourceRows(),
                profile.sinkRows(),
                bytes(profile.blocks()),
                profile.bytes(),
                profile.elapsedNanos(),
                false));
      }
    }
    if (working != null) {
      tallies.add(
          new Progress.Tally(
              working.stream().id(),
              working.segment().id(),
              working.before().sourceRows() + working.run().sourceRows(),
              working.before().sinkRows() + working.run().sinkRows(),
              working.before().bytesRead() + bytes(working.run().blocks()),
              0,
              System.nanoTime() - working.started(),
              true));
    }
    return tallies;
  }

  /// Pieces that have been begun and are at work are half done.
  private static double share(BatchSource source) {
    int taken = source.unitsTaken();
    int atWork = Math.min(taken, Runtime.getRuntime().availableProcessors());
    return Math.min(1, (taken - 0.5 * atWork) / Math.max(1, source.workUnits()));
  }

  /// How long the execution will go on if its estimates hold.
  private long nanosLeft() {
    Live working = live;
    if (working == null) {
      return -1;
    }
    RemainingWork remaining =
        new RemainingWork(
            statement.plan(), table -> statement.access().snapshot().table(table).rowCount());
    return remaining.nanos(
        profiles,
        new RemainingWork.Working(
            working.segment(), System.nanoTime() - working.started(), share(working.source())),
        compilation.lastRun());
  }

  private void watch(Stream stream, Segment segment, BatchSource source, long started) {
    statement
        .progress()
        .at(
            new Progress.Step(
                profiles.size() + 1,
                segments,
                stream.id(),
                segment.id(),
                segment.label(),
                source.workUnits(),
                source::unitsTaken,
                started));
  }

  /// The segment's program; one that looks at partitions of joins is compiled when it is needed.
  private CompiledSegment compiled(Segment segment, PartitionPasses passes) {
    return passes.partitioned() ? compilation.compile(passes.segment()) : compilation.get(segment);
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

  /// Room for a batch that leaves the segment. Where few rows come in and no more go out, a whole
  /// batch's arrays would take longer to fill with zeros than the query takes.
  private static int batchRows(Segment segment, BatchSource source) {
    boolean multiplies =
        segment.transforms().stream()
            .anyMatch(
                t -> !(t instanceof TransformStep.Filter || t instanceof TransformStep.Project));
    return multiplies ? Batch.CAPACITY : Math.clamp(source.rowsAtMost(), FEW_ROWS, Batch.CAPACITY);
  }

  private static Consumer<Vector> lastWanted(Optional<TopBound> top) {
    return top.isPresent() ? top.get() : _ -> {};
  }

  private SegmentOutput output(Segment segment) {
    SinkStep sink = segment.sink();
    return switch (sink) {
      case SinkStep.Return _,
          SinkStep.Send _,
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
    int state = segment.sink().filledState();
    return filling.computeIfAbsent(
        state,
        _ -> new StateOutput(segment.sink(), states, fillers(state), isMovable(segment.sink())));
  }

  /// A state may move to disk unless nested loops go through it, or it is one group anyway.
  private boolean isMovable(SinkStep sink) {
    if (sink instanceof SinkStep.Aggregate aggregate && aggregate.keys().isEmpty()) {
      return false;
    }
    int state = sink.filledState();
    return statement.plan().streams().stream()
        .flatMap(stream -> stream.segments().stream())
        .flatMap(segment -> segment.transforms().stream())
        .noneMatch(t -> t instanceof TransformStep.NestedLoop loop && loop.stateId() == state);
  }

  private int fillers(int state) {
    int count = 0;
    for (Stream stream : statement.plan().streams()) {
      for (Segment segment : stream.segments()) {
        count += segment.sink().filledState() == state ? 1 : 0;
      }
    }
    return count;
  }

  @Override
  public void close() {
    states.close();
  }
}
