package io.redward.storage.block.encoding;

import java.util.concurrent.ThreadLocalRandom;

/// Decides whether packed bits are compared with SIMD instructions: not before the compiler has
/// made machine code of that, because each value takes microseconds until then.
public final class EncodedFilters {
  private static final int ROWS = 1024;
  private static final int ROUNDS_AT_MOST = 60_000;
  private static final int FAST_ROUNDS = 200;
  private static final long FAST_NANOS = ROWS;
  private static final int WIDTH = 12;

  private static volatile boolean ready;

  private EncodedFilters() {}

  static boolean ready() {
    return ready;
  }

  /// Runs the SIMD kernels until they are compiled, then has them used. Meant for a thread of low
  /// priority at boot; where they do not get fast, all stays as it was.
  ///
  /// @param pause called between rounds; may wait while others need the processor
  public static void warmUp(Runnable pause) {
    long[] values = ThreadLocalRandom.current().longs(64L * ROWS, 0, 1 << WIDTH).toArray();
    long[] longWords = IntLanes.pack(values, values.length, WIDTH);
    int[] intWords = LongLanes.pack(values, 32 * ROWS, 0, WIDTH);
    int[] selection = new int[ROWS];
    long[] lefts = new long[ROWS];
    double[] joined = new double[ROWS];
    try {
      ready =
          isFast(
                  pause,
                  (range, round) ->
                      VectorLaneFilters.select(
                          longWords, 0, cut(round), 7 + round % 50, 0xFFF, range, selection))
              && isFast(
                  pause,
                  (range, round) ->
                      VectorLaneFilters.select(
                          intWords, 0, cut(round), 7 + round % 20, 0xFFF, range, selection))
              && isFast(
                  pause,
                  (range, round) -> {
                    VectorSplitLanes.join(lefts, selection, values, joined, 0, ROWS);
                    return round;
                  });
    } catch (NoClassDefFoundError _) {
      ready = false;
    }
  }

  /// Every other round looks at numbers that are cut across words.
  private static int cut(int round) {
    return (round & 1) == 0 ? -1 : ROWS;
  }

  private interface Kernel {
    int run(LaneFilters.Range range, int round);
  }

  /// True once many rounds on end take less than a nanosecond a row.
  private static boolean isFast(Runnable pause, Kernel kernel) {
    int fast = 0;
    int found = 0;
    for (int round = 0; round < ROUNDS_AT_MOST && fast < FAST_ROUNDS; round++) {
      pause.run();
      LaneFilters.Range range = new LaneFilters.Range(round % 1000, 3000, 0, ROWS, 0);
      long start = System.nanoTime();
      found |= kernel.run(range, round);
      fast = System.nanoTime() - start < FAST_NANOS ? fast + 1 : 0;
    }
    return fast == FAST_ROUNDS && found >= 0;
  }
}
