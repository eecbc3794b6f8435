package io.redward.compute.node;

import io.redward.compute.step.ConstantEvaluator;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.trace.StageTimes;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.PlanRunner;
import io.redward.plan.run.TableAccess;
import io.redward.plan.step.PhysicalPlan;
import io.redward.runtime.kernel.VectorKernels;
import io.redward.runtime.segment.SegmentCompiler;
import io.redward.runtime.spill.SpillFile;
import io.redward.spi.StatementAccess;
import io.redward.storage.block.encoding.EncodedFilters;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Runs plans on the threads of this process. Thread-safe; made once a server.
public final class LocalRunner implements PlanRunner, AutoCloseable {
  private final CompiledPlans plans;
  private final ConstantEvaluator evaluator;
  private final NodeOptions options;
  private final WorkSlots slots;
  private final MemoryBudget memory;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("worker-", 1).factory());

  public LocalRunner(SegmentCompiler compiler, ConstantEvaluator evaluator, NodeOptions options) {
    plans = new CompiledPlans(compiler);
    this.evaluator = evaluator;
    this.options = options;
    slots = new WorkSlots(options.workers());
    memory = QueryMemory.whole(options);
  }

  /// Removes what queries of a process that was killed have left on disk. For who knows that no
  /// other process works with the directory.
  public void clean() {
    SpillFile.clean(options.temporary());
  }

  @Override
  public ExecutionResult run(
      PhysicalPlan plan,
      List<Constant> parameters,
      TableAccess tables,
      CancelToken cancel,
      BatchConsumer rows) {
    return run(plan, parameters, (StatementAccess) tables, cancel, new Ends(rows, Exchanges.NONE));
  }

  /// Where rows leave and enter a plan.
  ///
  /// @param rows receives the rows that are returned
  /// @param exchanges the ways to and from other fragments
  public record Ends(BatchConsumer rows, Exchanges exchanges) {}

  /// Runs a fragment of a plan that is spread over several runners.
  public ExecutionResult run(
      PhysicalPlan plan,
      List<Constant> parameters,
      StatementAccess access,
      CancelToken cancel,
      Ends ends) {
    Statement statement =
        new Statement(
            plan,
            List.copyOf(parameters),
            access,
            cancel,
            ends.rows(),
            ends.exchanges(),
            StageTimes.currentProgress());
    try (QueryMemory own =
            QueryMemory.open(memory, options, statement.access().memoryBytes().orElse(0));
        Execution execution =
            new Execution(
                statement,
                plans.of(plan),
                evaluator,
                new Workers(threads, slots, own.budget()::usedBytes),
                own)) {
      return cancel.over(execution::run);
    } catch (OutOfMemoryError error) {
      throw new SqlException(
          SqlState.OUT_OF_MEMORY, "out of memory: the query was ended to save the others", error);
    } catch (StackOverflowError error) {
      throw new SqlException(
          SqlState.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", error);
    }
  }

  /// Gets the SIMD kernels compiled, which takes about a second of one core; scans are right but
  /// slower before. For a server that has started.
  ///
  /// @param pause called often; may wait while others need the processor
  public void warmUp(Runnable pause) {
    VectorKernels.warmUp(pause);
    EncodedFilters.warmUp(pause);
  }

  /// Whether a query is at work.
  public boolean busy() {
    return slots.busy();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
