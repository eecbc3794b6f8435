package io.redward.runtime.kernel;

import java.util.concurrent.ThreadLocalRandom;

/// Decides whether kernels run with SIMD instructions: not before the compiler has made machine
/// code of them, because each value takes microseconds until then.
public final class VectorKernels {
  private static final int ROWS = 1024;
  private static final int ROUNDS_AT_MOST = 60_000;
  private static final int FAST_ROUNDS = 200;
  private static final long FAST_NANOS = ROWS;

  private static volatile boolean ready;

  private VectorKernels() {}

  static boolean ready() {
    return ready;
  }

  /// Runs the SIMD kernels until they are compiled, then has them used. Takes about a second of one
  /// core; meant for a thread of low priority at boot. Where they do not get fast, on machines
  /// without the instructions or where the module is not there, all stays as it was.
  ///
  /// @param pause called between rounds; may wait while others need the processor
  public static void warmUp(Runnable pause) {
    try {
      ready = warmInts(pause) && warmLongs(pause) && warmDoubles(pause);
    } catch (NoClassDefFoundError _) {
      ready = false;
    }
  }

  private static boolean warmInts(Runnable pause) {
    int[] values = ThreadLocalRandom.current().ints(ROWS, 0, 100).toArray();
    int[] selection = new int[ROWS];
    return isFast(
        pause, round -> VectorFilters.between(values, rows(round), round % 120, 99, selection));
  }

  private static boolean warmLongs(Runnable pause) {
    long[] values = ThreadLocalRandom.current().longs(ROWS, 0, 100).toArray();
    int[] selection = new int[ROWS];
    return isFast(
        pause, round -> VectorFilters.between(values, rows(round), round % 120L, 99L, selection));
  }

  private static boolean warmDoubles(Runnable pause) {
    double[] values = ThreadLocalRandom.current().doubles(ROWS, 0, 100).toArray();
    int[] selection = new int[ROWS];
    return isFast(
        pause, round -> VectorFilters.between(values, rows(round), round % 120.0, 99.0, selection));
  }

  /// Any number of rows, not only whole vectors: a path not taken here would throw the compiled
  /// code away when a query takes it, and have that query wait for the interpreter.
  private static int rows(int round) {
    return ROWS - round % 61;
  }

  private interface Kernel {
    int run(int round);
  }

  /// True once many rounds on end take less than a nanosecond a row.
  private static boolean isFast(Runnable pause, Kernel kernel) {
    int fast = 0;
    int found = 0;
    for (int round = 0; round < ROUNDS_AT_MOST && fast < FAST_ROUNDS; round++) {
      pause.run();
      long start = System.nanoTime();
      found |= kernel.run(round);
      fast = System.nanoTime() - start < FAST_NANOS ? fast + 1 : 0;
    }
    return fast == FAST_ROUNDS && found >= 0;
  }
}
