package io.redward.functions.hash;

import io.redward.foundation.batch.ValueOut;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/// Digests in hexadecimal, and FNV-1a of 64 bits over the bytes of a value, the lowest first.
public final class Digests {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  // One a thread: making a digest costs more than a short string's hash.
  private static final ThreadLocal<MessageDigest> MD5 = digest("MD5");
  private static final ThreadLocal<MessageDigest> SHA1 = digest("SHA-1");
  private static final ThreadLocal<MessageDigest> SHA224 = digest("SHA-224");
  private static final ThreadLocal<MessageDigest> SHA256 = digest("SHA-256");
  private static final ThreadLocal<MessageDigest> SHA384 = digest("SHA-384");
  private static final ThreadLocal<MessageDigest> SHA512 = digest("SHA-512");

  private Digests() {}

  private static ThreadLocal<MessageDigest> digest(String algorithm) {
    return ThreadLocal.withInitial(
        () -> {
          try {
            return MessageDigest.getInstance(algorithm);
          } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  public static void md5(byte[] page, int offset, int length, ValueOut out) {
    put(MD5.get(), page, offset, length, out);
  }

  public static void sha1(byte[] page, int offset, int length, ValueOut out) {
    put(SHA1.get(), page, offset, length, out);
  }

  /// The empty string for any other number of bits.
  ///
  /// @param bits 224, 256, 384 or 512; 0 means 256
  public static void sha2(byte[] page, int offset, int length, int bits, ValueOut out) {
    switch (bits) {
      case 224 -> put(SHA224.get(), page, offset, length, out);
      case 0, 256 -> put(SHA256.get(), page, offset, length, out);
      case 384 -> put(SHA384.get(), page, offset, length, out);
      case 512 -> put(SHA512.get(), page, offset, length, out);
      default -> out.bytes(page, offset, 0);
    }
  }

  private static void put(MessageDigest digest, byte[] page, int offset, int length, ValueOut out) {
    digest.update(page, offset, length);
    byte[] hash = digest.digest();
    byte[] buffer = out.scratch(hash.length * 2);
    out.bytes(buffer, 0, putHex(hash, 0, hash.length, buffer, 0));
  }

  /// Writes bytes as hexadecimal digits and answers the index after them.
  public static int putHex(byte[] bytes, int offset, int length, byte[] buffer, int at) {
    for (int i = offset; i < offset + length; i++) {
      buffer[at++] = HEX[bytes[i] >> 4 & 0xF];
      buffer[at++] = HEX[bytes[i] & 0xF];
    }
    return at;
  }

  /// By Castagnoli's polynomial.
  public static void crc32(byte[] page, int offset, int length, ValueOut out) {
    CRC32C crc = new CRC32C();
    crc.update(page, offset, length);
    byte[] buffer = out.scratch(8);
    for (int i = 0; i < 8; i++) {
      buffer[i] = HEX[(int) (crc.getValue() >> (28 - 4 * i)) & 0xF];
    }
    out.bytes(buffer, 0, 8);
  }

  public static long fnv(byte[] page, int offset, int length) {
    return fnv(page, offset, length, FNV_BASIS);
  }

  public static long fnv(byte[] page, int offset, int length, long seed) {
    long hash = seed;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ page[i] & 0xFF) * FNV_PRIME;
    }
    return hash;
  }

  private static long fnv(long value, int width, long seed) {
    long hash = seed;
    for (int i = 0; i < width; i++) {
      hash = (hash ^ value >> 8 * i & 0xFF) * FNV_PRIME;
    }
    return hash;
  }

  /// @param width of the type in bytes
  public static long fnvInt(int value, int width) {
    return fnv(value, width, FNV_BASIS);
  }

  public static long fnvInt(int value, long seed, int width) {
    return fnv(value, width, seed);
  }

  public static long fnvLong(long value) {
    return fnv(value, Long.BYTES, FNV_BASIS);
  }

  public static long fnvLong(long value, long seed) {
    return fnv(value, Long.BYTES, seed);
  }

  public static long fnvDouble(double value) {
    return fnvLong(Double.doubleToLongBits(value));
  }
}
