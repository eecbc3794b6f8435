package io.redward.storage.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// 64-bit hashes of values, the same in every process: sketches on disk depend on them.
public final class Hashing {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

  private Hashing() {}

  /// A bijection that spreads every input bit over all output bits (Murmur3's finalizer).
  public static long of(long value) {
    long hash = value + PRIME;
    hash = (hash ^ hash >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
    hash = (hash ^ hash >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
    return hash ^ hash >>> 33;
  }

  public static long of(byte[] bytes, int offset, int length) {
    long hash = length * PRIME;
    int at = offset;
    int end = offset + length;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash, (long) LONGS.get(bytes, at));
    }
    if (at < end) {
      long tail = 0;
      for (int shift = 0; at < end; at++, shift += 8) {
        tail |= (bytes[at] & 0xFFL) << shift;
      }
      hash = mix(hash, tail);
    }
    return of(hash);
  }

  private static long mix(long hash, long word) {
    long product = (hash ^ word) * PRIME;
    return product ^ product >>> 32;
  }
}
