package io.redward.runtime.row;

/// The hash that states use for keys. A key is a sequence of words: each is mixed into the hash of
/// those before it.
public final class Hashes {
  /// The hash of no key at all.
  public static final long SEED = 0x9E37_79B9_7F4A_7C15L;

  /// Stands for a NULL key.
  public static final long NULL_WORD = 0x5DEE_CE66_DB3B_1B17L;

  private static final long FACTOR = 0xD6E8_FEB8_6659_FD93L;

  private Hashes() {}

  /// The hash of an integer key. The upper half places it in a directory: keys that share all but
  /// their lowest three bits are neighbours there, so that keys met in order are met in cache. The
  /// lower half is independent of the upper one's lowest bits.
  public static long mix(long word) {
    long block = word >>> 3;
    long mixed = (block ^ block >>> 32) * FACTOR;
    mixed = (mixed ^ mixed >>> 32) * FACTOR;
    long place = mixed << 3 | word & 7;
    return place << 32 | (mixed ^ word * FACTOR) >>> 32;
  }

  /// The hash of a key of hash `hash` with a further word.
  public static long combine(long hash, long word) {
    long mixed = (hash ^ word ^ word >>> 32) * FACTOR;
    return mixed ^ mixed >>> 29;
  }

  /// Spreads what [#combine] left over all bits.
  public static long finish(long hash) {
    return (hash ^ hash >>> 32) * FACTOR;
  }

  /// The bits of a double as a key: one zero, one NaN.
  public static long doubleWord(double value) {
    return Double.doubleToLongBits(value + 0.0);
  }
}
