package io.redward.compute.node;

import io.redward.compute.step.BatchSink;
import io.redward.compute.step.ReturnSink;
import io.redward.compute.step.TableWriteSink;
import io.redward.foundation.batch.Batch;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.segment.Parallel;
import io.redward.spi.StatementAccess;
import java.util.List;
import java.util.Optional;

/// Rows that go to the client or into a table.
final class SinkOutput implements SegmentOutput {
  private final List<Field> fields;
  private final BatchSink sink;

  SinkOutput(List<Field> fields, BatchSink sink) {
    this.fields = List.copyOf(fields);
    this.sink = sink;
  }

  /// The sink of a step that has one; `fields` is the row that reaches it.
  static SinkOutput of(SinkStep step, List<Field> fields, Statement statement) {
    StatementAccess access = statement.access();
    return new SinkOutput(
        fields,
        switch (step) {
          case SinkStep.Return returned -> new ReturnSink(returned, statement.rows());
          case SinkStep.Send send -> statement.exchanges().send(send);
          case SinkStep.Insert insert ->
              TableWriteSink.insert(insert, target(statement, insert.tableId(), insert.returns()));
          case SinkStep.Delete delete ->
              TableWriteSink.delete(delete, target(statement, delete.tableId(), delete.returns()));
          case SinkStep.Update update ->
              TableWriteSink.update(
                  update,
                  target(statement, update.tableId(), update.returns()),
                  access.refuseRepeatedUpdates());
          case SinkStep.Merge merge ->
              TableWriteSink.merge(merge, target(statement, merge.tableId(), merge.returns()));
          case SinkStep.Build _,
              SinkStep.Aggregate _,
              SinkStep.Materialize _,
              SinkStep.Sort _,
              SinkStep.Window _ ->
              throw new IllegalStateException("not a sink of batches: " + step);
        });
  }

  private static TableWriteSink.Target target(Statement statement, long tableId, boolean returns) {
    StatementAccess access = statement.access();
    return new TableWriteSink.Target(
        access.transaction().orElseThrow(),
        tableId,
        access.shapes().apply(tableId),
        access.identities(),
        returns ? Optional.of(statement.rows()) : Optional.empty());
  }

  @Override
  public WorkerOutput open(Hints hints) {
    return new WorkerOutput.Batches(
        new Batch(fields.stream().map(Field::physical).toList(), hints.batchRows()),
        sink,
        sink.open(),
        new WorkerOutput.SlotLoan());
  }

  @Override
  public boolean satisfied() {
    return sink.satisfied();
  }

  @Override
  public long finish(Parallel parallel) {
    return sink.finish(parallel);
  }

  @Override
  public void abort() {
    sink.abort();
  }

  @Override
  public long bytes() {
    return 0;
  }
}
