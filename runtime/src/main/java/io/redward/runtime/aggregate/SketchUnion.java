package io.redward.runtime.aggregate;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SketchText;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.runtime.aggregate.AggregateLayout.State;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;

/// HLL_CREATE_SKETCH and HLL_COMBINE: a HyperLogLog sketch of values, or of those of sketches.
/// Values of 32 bits are hashed as such, so that sketches are those of other systems with the same
/// library.
final class SketchUnion extends Collector {
  private final boolean ofSketches;
  private final boolean small;
  private final int[] one = new int[1];
  private final long[] pair = new long[2];
  private HllUnion union = new HllUnion(SketchText.LOG_REGISTERS);

  SketchUnion(State state) {
    ofSketches = state.call().function() == AggregateFunction.HLL_COMBINE;
    small = state.argument() == Physical.INT;
  }

  @Override
  public void add(long word) {
    if (small) {
      one[0] = (int) word;
      union.update(one);
    } else {
      union.update(word);
    }
  }

  @Override
  public void add(long high, long low) {
    pair[0] = high;
    pair[1] = low;
    union.update(pair);
  }

  @Override
  public void add(byte[] page, int offset, int length) {
    if (ofSketches) {
      union.update(HllSketch.heapify(SketchText.image(page, offset, length)));
    } else {
      int end = offset + length;
      while (end > offset && page[end - 1] == ' ') {
        end--;
      }
      union.update(Arrays.copyOfRange(page, offset, end));
    }
  }

  @Override
  void merge(Collector other) {
    union.update(((SketchUnion) other).union.getResult(TgtHllType.HLL_8));
  }

  @Override
  void write(DataOutputStream out) throws IOException {
    byte[] bytes = union.getResult(TgtHllType.HLL_8).toCompactByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  void read(DataInputStream in) throws IOException {
    union.update(HllSketch.heapify(in.readNBytes(in.readInt())));
  }

  @Override
  void close() {
    union = new HllUnion(SketchText.LOG_REGISTERS);
  }

  @Override
  void finish(ResultWriter result) {
    byte[] text = SketchText.of(union.getResult(TgtHllType.HLL_6).toCompactByteArray());
    result.bytes(text, text.length);
  }
}
