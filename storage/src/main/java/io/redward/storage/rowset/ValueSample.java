package io.redward.storage.rowset;

import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.storage.block.BlockReader;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Hashing;
import io.redward.storage.table.Block;
import io.redward.storage.table.Distribution;
import java.util.Arrays;

/// A few hundred of a rowset's present values of one column, taken at like distances, by their
/// position on the number line ([Distribution]) and a hash: enough for a histogram and the most
/// common values of a table, and made while the rows are written, so that nobody has to look.
///
/// Bytes: `int` length and a block of the positions (doubles, ascending), `int` length and a block
/// of the hashes; two zero lengths if there are none.
final class ValueSample {
  static final ValueSample NONE = new ValueSample(new double[0], new int[0]);
  private static final int ROWS_PER_BLOCK = 256;
  private static final int KEPT = 512;
  /// Fewer rows are not worth a sample: their rowset will be folded soon.
  private static final int MIN_ROWS = 32;

  private double[] positions;
  private int[] hashes;
  private int size;

  /// Empty; takes room when it takes its first value, which in a rowset of a few rows is never.
  ValueSample() {
    this(new double[0], new int[0]);
  }

  private ValueSample(double[] positions, int[] hashes) {
    this.positions = positions;
    this.hashes = hashes;
    size = positions.length;
  }

  /// Takes rows of a block; the last block of several gives as many as it has rows.
  ///
  /// @param blockRows rows of a full block, or of the only one
  void add(Vector values, int rows, int blockRows) {
    if (rows < MIN_ROWS && size == 0) {
      return;
    }
    int wanted = Math.min(rows, Math.max(1, (int) ((long) ROWS_PER_BLOCK * rows / blockRows)));
    for (int i = 0; i < wanted; i++) {
      long from = (long) rows * i / wanted;
      long width = Math.max(1, (long) rows * (i + 1) / wanted - from);
      // Not always the first of its stretch: what repeats at like distances would be all alike.
      int row = (int) (from + (Hashing.of(i) >>> 1) % width);
      if (!values.isNull(row)) {
        add(Distribution.position(values, row), Distribution.hash(values, row));
      }
    }
  }

  int size() {
    return size;
  }

  double position(int index) {
    return positions[index];
  }

  int hash(int index) {
    return hashes[index];
  }

  void write(ByteWriter out) {
    if (size == 0) {
      out.writeInt(0);
      out.writeInt(0);
      return;
    }
    int step = (size + KEPT - 1) / KEPT;
    int kept = (size + step - 1) / step;
    Integer[] order = new Integer[kept];
    for (int i = 0; i < kept; i++) {
      order[i] = i * step;
    }
    Arrays.sort(order, (a, b) -> Double.compare(positions[a], positions[b]));
    DoubleVector sorted = new DoubleVector(kept);
    IntVector hashed = new IntVector(kept);
    for (int i = 0; i < kept; i++) {
      sorted.values[i] = positions[order[i]];
      hashed.values[i] = hashes[order[i]];
    }
    out.writeBlob(BlockWriter.encode(sorted, kept, "auto").bytes());
    out.writeBlob(BlockWriter.encode(hashed, kept, "auto").bytes());
  }

  static ValueSample read(ByteReader in) {
    byte[] positions = in.readBlob();
    byte[] hashes = in.readBlob();
    if (positions.length == 0) {
      return NONE;
    }
    Block first = BlockReader.read(positions, Physical.DOUBLE);
    Block second = BlockReader.read(hashes, Physical.INT);
    int size = Math.min(first.rowCount(), second.rowCount());
    DoubleVector read = new DoubleVector(size);
    IntVector readHashes = new IntVector(size);
    first.decode(0, size, read);
    second.decode(0, size, readHashes);
    return new ValueSample(read.values, readHashes.values);
  }

  private void add(double position, int hash) {
    if (size == positions.length) {
      int larger = Math.max(ROWS_PER_BLOCK, size * 2);
      positions = Arrays.copyOf(positions, larger);
      hashes = Arrays.copyOf(hashes, larger);
    }
    positions[size] = position;
    hashes[size++] = hash;
  }
}
