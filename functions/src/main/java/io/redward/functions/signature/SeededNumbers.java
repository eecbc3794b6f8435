package io.redward.functions.signature;

/// The numbers that RANDOM answers after SET SEED: those of the additive feedback generator of the
/// GNU C library with 31 words, which gives the documented ones. Thread-safe.
public final class SeededNumbers {
  private static final int DEGREE = 31;
  private static final int SEPARATION = 3;
  private static final int DISCARDED = 310;
  private static final long MODULUS = 2_147_483_647L;
  private static final long MULTIPLIER = 16_807L;

  private final int[] words = new int[DEGREE];
  private int next = SEPARATION;

  /// @param seed from -1 to 1, as SET SEED takes it
  public SeededNumbers(double seed) {
    int start = (int) (seed * MODULUS);
    words[0] = start == 0 ? 1 : start;
    for (int i = 1; i < DEGREE; i++) {
      words[i] = (int) Math.floorMod(MULTIPLIER * words[i - 1], MODULUS);
    }
    for (int i = 0; i < DISCARDED; i++) {
      step();
    }
  }

  private int step() {
    words[next] += words[(next + DEGREE - SEPARATION) % DEGREE];
    int word = words[next];
    next = (next + 1) % DEGREE;
    return word;
  }

  /// From 0 to less than 1.
  public synchronized double next() {
    return (step() >>> 1) / (double) (MODULUS + 1);
  }
}
