package io.redward.compute.node;

import io.redward.foundation.trace.Stage;
import io.redward.foundation.trace.StageTimes;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.Stream;
import io.redward.runtime.segment.CompiledSegment;
import io.redward.runtime.segment.SegmentCompiler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/// The segments of one execution on their way to being compiled: each when it is first asked for,
/// or ahead of that on another thread while an earlier segment runs.
final class Compilation {
  private final Map<Integer, FutureTask<CompiledSegment>> tasks = new HashMap<>();
  private final AtomicBoolean used = new AtomicBoolean();
  private final PhysicalPlan plan;
  private final SegmentCompiler compiler;
  private volatile List<SegmentProfile> lastRun = List.of();

  Compilation(PhysicalPlan plan, SegmentCompiler compiler) {
    this.plan = plan;
    this.compiler = compiler;
    for (Stream stream : plan.streams()) {
      for (Segment segment : stream.segments()) {
        tasks.put(segment.id(), new FutureTask<>(() -> compile(segment)));
      }
    }
  }

  /// Has everything not yet compiled compiled by `executor`.
  void startAll(Executor executor) {
    executor.execute(() -> tasks.values().forEach(FutureTask::run));
  }

  /// True once all segments have been compiled.
  boolean isDone() {
    return tasks.values().stream().allMatch(FutureTask::isDone);
  }

  boolean hasFailed() {
    return tasks.values().stream().anyMatch(task -> task.state() == Future.State.FAILED);
  }

  /// True for the first execution that asks, the one that pays for compiling.
  boolean firstUse() {
    return !used.getAndSet(true);
  }

  /// Remembers how the segments of an execution that has ended did; nothing changes the list.
  void took(List<SegmentProfile> segments) {
    lastRun = segments;
  }

  /// How the segments did when the plan was last executed to its end; empty before that.
  List<SegmentProfile> lastRun() {
    return lastRun;
  }

  /// Compiles another form of one of the plan's segments.
  CompiledSegment compile(Segment segment) {
    return StageTimes.time(Stage.COMPILE, () -> compiler.compile(plan, segment));
  }

  /// The compiled segment; compiles it here unless another thread has begun to.
  CompiledSegment get(Segment segment) {
    FutureTask<CompiledSegment> task = tasks.get(segment.id());
    if (task == null) {
      throw new IllegalStateException("segment " + segment.id() + " is not of this plan");
    }
    task.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException | CancellationException failure) {
          throw unwrapped(failure);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unwrapped(Exception failure) {
    return switch (failure.getCause()) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(failure);
    };
  }
}
