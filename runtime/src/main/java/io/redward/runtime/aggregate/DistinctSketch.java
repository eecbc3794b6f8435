package io.redward.runtime.aggregate;

import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.StringKeys;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;

/// An estimate of how many distinct values there are: a HyperLogLog sketch, exact for few values.
final class DistinctSketch extends Collector {
  /// 2^14 registers: a standard error of 0.8 %.
  private static final int LOG_REGISTERS = 14;

  private HllSketch sketch = new HllSketch(LOG_REGISTERS, TgtHllType.HLL_8);

  @Override
  public void add(long word) {
    sketch.update(word);
  }

  @Override
  public void add(long high, long low) {
    sketch.update(Hashes.combine(high, low));
  }

  @Override
  public void add(byte[] page, int offset, int length) {
    sketch.update(StringKeys.hashWord(page, offset, length));
  }

  @Override
  void merge(Collector other) {
    HllUnion union = new HllUnion(LOG_REGISTERS);
    union.update(sketch);
    union.update(((DistinctSketch) other).sketch);
    sketch = union.getResult(TgtHllType.HLL_8);
  }

  @Override
  void write(DataOutputStream out) throws IOException {
    byte[] bytes = sketch.toCompactByteArray();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  void read(DataInputStream in) throws IOException {
    byte[] bytes = in.readNBytes(in.readInt());
    HllUnion union = new HllUnion(LOG_REGISTERS);
    union.update(sketch);
    union.update(HllSketch.heapify(bytes));
    sketch = union.getResult(TgtHllType.HLL_8);
  }

  @Override
  void close() {}

  @Override
  void finish(ResultWriter result) {
    result.words(Math.round(sketch.getEstimate()), 0);
  }
}
