package io.redward.bench;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.BlockReader;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.block.EncodedBlock;
import io.redward.storage.block.encoding.EncodedFilters;
import io.redward.storage.table.Block;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench encodings`: how small each encoding makes a block of typical values and how fast it comes
/// back: opened from its bytes (checksum and general compression undone), decoded chunk by chunk
/// from the cache's form, and filtered to a tenth of its rows without decoding; beside the sum of a
/// plain array, which is as fast as memory gets here.
@Command(
    name = "encodings",
    description = "Size and speed of every column encoding, on one core.",
    mixinStandardHelpOptions = true)
final class EncodingsBench implements Callable<Integer> {
  private static final int ROWS = 65_536;
  private static final int CHUNK = 2_048;

  @Option(
      names = "--millis",
      defaultValue = "300",
      description = "Time for each figure (${DEFAULT-VALUE}).")
  private int millis;

  private int sink;

  @Override
  public Integer call() {
    EncodedFilters.warmUp(() -> {});
    System.out.printf("plain array sum: %.1f GB/s%n%n", gigabytes(seconds(plainSum()), ROWS * 8L));
    System.out.println(
        "| values | encoding | bytes a value | of raw | open ns/value | decode ns/value"
            + " | decode GB/s | filter ns/value |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (EncodingSamples sample : EncodingSamples.values()) {
      for (String encoding : sample.encodings()) {
        line(sample, encoding);
      }
    }
    return sink == 42 ? 1 : 0;
  }

  private void line(EncodingSamples sample, String encoding) {
    Vector values = sample.make(ROWS);
    long width = valueBytes(values);
    EncodedBlock encoded = BlockWriter.encode(values, ROWS, encoding);
    Block block = BlockReader.read(encoded.bytes(), values.physical());
    Vector out = Vector.of(values.physical(), CHUNK);
    int[] selection = new int[CHUNK];
    double open = seconds(() -> BlockReader.read(encoded.bytes(), values.physical()).rowCount());
    double decode =
        seconds(
            () -> {
              for (int from = 0; from < ROWS; from += CHUNK) {
                block.decode(from, CHUNK, out);
              }
              return out.hasNulls ? 1 : 0;
            });
    String filter = "";
    if (block.selectBetween(0, CHUNK, sample.low(), sample.high(), selection) >= 0) {
      double time =
          seconds(
              () -> {
                int found = 0;
                for (int from = 0; from < ROWS; from += CHUNK) {
                  found += block.selectBetween(from, CHUNK, sample.low(), sample.high(), selection);
                }
                return found;
              });
      filter = "%.2f".formatted(time / ROWS * 1e9);
    }
    System.out.printf(
        "| %s | %s (%s) | %.2f | %.0f %% | %.2f | %.2f | %.1f | %s |%n",
        sample.text(),
        encoding,
        encoded.summary().encoding(),
        (double) encoded.bytes().length / ROWS,
        100.0 * encoded.bytes().length / width,
        open / ROWS * 1e9,
        decode / ROWS * 1e9,
        gigabytes(decode, width),
        filter);
  }

  private IntSupplier plainSum() {
    long[] values = ((LongVector) EncodingSamples.PRICES.make(ROWS)).values;
    return () -> {
      long sum = 0;
      for (int i = 0; i < ROWS; i++) {
        sum += values[i];
      }
      return (int) sum;
    };
  }

  private static double gigabytes(double seconds, long bytes) {
    return bytes / seconds / 1e9;
  }

  private static long valueBytes(Vector values) {
    return switch (values) {
      case IntVector _ -> ROWS * 4L;
      case LongVector _, DoubleVector _ -> ROWS * 8L;
      case Int128Vector _ -> ROWS * 16L;
      case BytesVector strings -> {
        long bytes = 0;
        for (int row = 0; row < ROWS; row++) {
          bytes += strings.length(row);
        }
        yield bytes;
      }
    };
  }

  /// The least time of a call, after as long a warm-up.
  private double seconds(IntSupplier work) {
    long warm = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < warm) {
      sink += work.getAsInt();
    }
    long best = Long.MAX_VALUE;
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      sink += work.getAsInt();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best / 1e9;
  }
}
