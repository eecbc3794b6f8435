package io.redward.cluster.node;

import io.redward.cluster.wire.FragmentReport;
import io.redward.cluster.wire.QuerySpec;
import io.redward.compute.node.LocalRunner;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.plan.run.ExecutionResult;
import io.redward.spi.StatementAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The leader's side of one query: runs the fragments that are the leader's, with what the
/// statement may touch, and tells when the last of them has ended. Thread-safe.
final class LeaderRun {
  private final QuerySpec query;
  private final int root;
  private final StatementAccess access;
  private final ReturnedRows rows;
  private final CompletableFuture<ExecutionResult> result = new CompletableFuture<>();
  private final List<FragmentRun> runs = new ArrayList<>();
  private final List<FragmentReport> reports = new ArrayList<>();
  private boolean ended;
  private volatile boolean early;

  /// @param root the fragment whose result is the query's
  LeaderRun(QuerySpec query, int root, StatementAccess access, BatchConsumer rows) {
    this.query = query;
    this.root = root;
    this.access = access;
    this.rows = new ReturnedRows(rows);
  }

  /// What is run, with the plans of the leader's fragments.
  QuerySpec query() {
    return query;
  }

  /// Runs a fragment and tells what it has done, before whoever waits for the result goes on.
  ///
  /// @param node the leader's place among the nodes, -1 if it is none
  void run(FragmentRun run, int node, LocalRunner runner) {
    synchronized (this) {
      runs.add(run);
      if (ended) {
        run.close();
      }
    }
    Optional<ExecutionResult> done = run.run(runner, access, rows);
    report(run.report(node));
    if (run.failure().isPresent()) {
      // Where the job has ended the run, it is the job that knows why.
      if (!run.closed()) {
        result.completeExceptionally(run.failure().get());
      }
    } else if (run.fragment().id() == root) {
      early = !run.exhausted();
      result.complete(done.orElseThrow());
    }
  }

  /// Completes when the query's rows have been returned or written.
  CompletableFuture<ExecutionResult> result() {
    return result;
  }

  synchronized void report(FragmentReport report) {
    reports.add(report);
  }

  /// What fragments have told so far.
  synchronized List<FragmentReport> reports() {
    return List.copyOf(reports);
  }

  /// Where the query's rows go.
  ReturnedRows rows() {
    return rows;
  }

  /// True if the result was complete before everything had been read.
  boolean early() {
    return early;
  }

  /// Ends what still runs here.
  synchronized void end(SqlException reason) {
    ended = true;
    for (FragmentRun run : runs) {
      run.cancelToken().cancel(reason);
      run.close();
    }
  }
}
