package io.redward.bench;

import io.redward.foundation.batch.Vector;
import io.redward.storage.block.BlockReader;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.block.EncodedBlock;
import io.redward.storage.block.encoding.EncodedFilters;
import io.redward.storage.table.Block;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A block of one encoding, decoded chunk by chunk as scans do, and a plain array's sum. JMH makes
/// subclasses of it, so it is neither final nor hidden.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
  static final int ROWS = 65_536;
  private static final int CHUNK = 2_048;

  /// The values, a blank, and the declared encoding.
  @Param({"PRICES raw"})
  public String column = "";

  private @Nullable Block block;
  private Vector out = EncodingSamples.PRICES.make(1);
  private long[] plain = new long[0];

  /// Makes the block.
  @Setup
  public void encode() {
    EncodedFilters.warmUp(() -> {});
    int blank = column.indexOf(' ');
    EncodingSamples sample = EncodingSamples.valueOf(column.substring(0, blank));
    Vector values = sample.make(ROWS);
    EncodedBlock encoded = BlockWriter.encode(values, ROWS, column.substring(blank + 1));
    block = BlockReader.read(encoded.bytes(), values.physical());
    out = Vector.of(values.physical(), CHUNK);
    plain = new long[ROWS];
    Arrays.setAll(plain, i -> i * 31L);
  }

  /// The whole block, once.
  @Benchmark
  public Vector decode() {
    Block source = Objects.requireNonNull(block);
    for (int from = 0; from < ROWS; from += CHUNK) {
      source.decode(from, CHUNK, out);
    }
    return out;
  }

  /// As fast as memory gets here.
  @Benchmark
  public long plainSum() {
    long sum = 0;
    for (long value : plain) {
      sum += value;
    }
    return sum;
  }
}
