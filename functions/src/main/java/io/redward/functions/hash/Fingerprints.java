package io.redward.functions.hash;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;

/// FarmHash's fingerprint of 64 bits and MurmurHash 3 of 32 bits. Whole numbers of any width count
/// as eight bytes, the lowest first, so that equal numbers have equal hashes.
public final class Fingerprints {
  private static final HashFunction FARM = Hashing.farmHashFingerprint64();

  private Fingerprints() {}

  public static long farm(byte[] page, int offset, int length) {
    return FARM.hashBytes(page, offset, length).asLong();
  }

  public static int murmur(byte[] page, int offset, int length) {
    return murmur(page, offset, length, 0);
  }

  public static int murmur(byte[] page, int offset, int length, int seed) {
    return Hashing.murmur3_32_fixed(seed).hashBytes(page, offset, length).asInt();
  }

  public static int murmurLong(long value) {
    return murmurLong(value, 0);
  }

  public static int murmurLong(long value, int seed) {
    return Hashing.murmur3_32_fixed(seed).hashLong(value).asInt();
  }

  public static int murmurDouble(double value) {
    return murmurLong(Double.doubleToLongBits(value));
  }

  public static int checksumLong(long value) {
    return (int) (value ^ value >> Integer.SIZE);
  }

  public static int checksumDouble(double value) {
    return Double.hashCode(value);
  }

  /// FNV-1a of 32 bits.
  public static int checksumText(byte[] page, int offset, int length) {
    int hash = 0x811c9dc5;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ page[i] & 0xff) * 0x01000193;
    }
    return hash;
  }
}
