package io.redward.cluster.node;

import io.redward.cluster.wire.BatchCodec;
import io.redward.compute.step.BatchReader;
import io.redward.compute.step.BatchSource;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep;
import java.util.function.UnaryOperator;

/// What arrives for a fragment, read by its own thread.
final class ReceiveSource implements BatchSource {
  private final SourceStep.Receive step;
  private final FrameQueue queue;
  private final CancelToken cancel;
  private final UnaryOperator<byte[]> opening;

  /// @param opening makes encoded batches of frames
  ReceiveSource(
      SourceStep.Receive step,
      FrameQueue queue,
      CancelToken cancel,
      UnaryOperator<byte[]> opening) {
    this.opening = opening;
    this.step = step;
    this.queue = queue;
    this.cancel = cancel;
  }

  @Override
  public int workUnits() {
    return 1;
  }

  @Override
  public BatchReader open() {
    Batch batch = new Batch(step.fields().stream().map(Field::physical).toList());
    return new Reader(this, batch);
  }

  private record Reader(ReceiveSource source, Batch batch) implements BatchReader {
    @Override
    public boolean next() {
      byte[] frame = source.queue.take(source.cancel);
      if (frame == null) {
        return false;
      }
      BatchCodec.decode(source.opening.apply(frame), source.step.columns(), batch);
      return true;
    }
  }
}
