package io.redward.storage.encryption;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An encrypted object as bytes, little-endian:
///
/// | offset | bytes | |
/// |---|---|---|
/// | 0 | 4 | magic `RWEN` |
/// | 4 | 1 | version, 1 |
/// | 5 | 4 | number of the namespace key |
/// | 9 | 8 | bytes of the object in the clear |
/// | 17 | 60 | the object's own key, wrapped by the namespace key: nonce, key, tag |
/// | 77 | | sections of 16 KiB in the clear (the last one shorter), each followed by its tag |
///
/// A section's nonce is its number, for a key encrypts one object only. The wrapped key is bound to
/// the object's name and head, a section to its number, so that nothing can be moved, cut off or
/// swapped unnoticed. A range is read by the sections it touches.
final class SealedObject {
  static final int HEAD_BYTES = 77;
  static final int SECTION_BYTES = 16 << 10;

  private static final int STORED_SECTION_BYTES = SECTION_BYTES + AesKey.TAG_BYTES;
  private static final int MAGIC = 0x4E45_5752;
  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 17;

  private final AesKey key;
  private final long length;

  private SealedObject(AesKey key, long length) {
    this.key = key;
    this.length = length;
  }

  /// Bytes in the clear.
  long length() {
    return length;
  }

  /// Encrypts an object.
  ///
  /// @param keyNumber of `namespaceKey`
  static List<byte[]> seal(String name, List<byte[]> parts, AesKey namespaceKey, int keyNumber) {
    long length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] dataKey = AesKey.random();
    ByteWriter head = new ByteWriter(HEAD_BYTES);
    head.writeInt(MAGIC);
    head.writeByte(VERSION);
    head.writeInt(keyNumber);
    head.writeLong(length);
    byte[] wrapped = namespaceKey.wrap(dataKey, context(name, head.toByteArray()));
    head.writeBytes(wrapped, 0, wrapped.length);
    List<byte[]> sealed = new ArrayList<>();
    sealed.add(head.toByteArray());
    AesKey.Run run = new AesKey(dataKey).encrypting();
    byte[] section = new byte[(int) Math.min(SECTION_BYTES, length)];
    int filled = 0;
    int number = 0;
    for (byte[] part : parts) {
      for (int at = 0; at < part.length; ) {
        int count = Math.min(part.length - at, SECTION_BYTES - filled);
        System.arraycopy(part, at, section, filled, count);
        at += count;
        filled += count;
        if (filled == SECTION_BYTES) {
          sealed.add(seal(run, number++, section, filled));
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      sealed.add(seal(run, number, section, filled));
    }
    return sealed;
  }

  private static byte[] seal(AesKey.Run run, int number, byte[] section, int length) {
    byte[] out = new byte[length + AesKey.TAG_BYTES];
    run.apply(nonce(number), new byte[0], new AesKey.Piece(section, 0, length), out, 0);
    return out;
  }

  /// The number of the namespace key that an object's head names.
  static int keyNumber(byte[] head) {
    ByteReader in = new ByteReader(head, 0, Math.min(head.length, HEAD_BYTES));
    if (in.remaining() < HEAD_BYTES || in.readInt() != MAGIC) {
      throw new MalformedBytesException("it is not encrypted");
    }
    int version = in.readByte();
    if (version != VERSION) {
      throw new MalformedBytesException("encryption version " + version + " is not known");
    }
    return in.readInt();
  }

  /// @param head the first [#HEAD_BYTES] of the object
  static SealedObject open(String name, byte[] head, AesKey namespaceKey) {
    ByteReader in = new ByteReader(head, 0, HEAD_BYTES);
    byte[] fixed = in.readBytes(FIXED_BYTES);
    byte[] dataKey =
        namespaceKey.unwrap(in.readBytes(HEAD_BYTES - FIXED_BYTES), context(name, fixed));
    return new SealedObject(
        new AesKey(dataKey), new ByteReader(fixed, FIXED_BYTES - 8, 8).readLong());
  }

  /// Where in the stored object the sections of a range start.
  static long storedOffset(long offset) {
    return HEAD_BYTES + offset / SECTION_BYTES * STORED_SECTION_BYTES;
  }

  /// Bytes of the sections of a range as stored.
  int storedLength(long offset, int count) {
    long last = Math.min((offset + count - 1) / SECTION_BYTES + 1, sections());
    long end = HEAD_BYTES + last * STORED_SECTION_BYTES;
    long all = HEAD_BYTES + length + sections() * AesKey.TAG_BYTES;
    return Math.toIntExact(Math.min(end, all) - storedOffset(offset));
  }

  private long sections() {
    return (length + SECTION_BYTES - 1) / SECTION_BYTES;
  }

  /// Length in the clear of an object of which `stored` bytes are stored.
  static long clearLength(long stored) {
    long body = Math.max(0, stored - HEAD_BYTES);
    long sections = (body + STORED_SECTION_BYTES - 1) / STORED_SECTION_BYTES;
    return Math.max(0, body - sections * AesKey.TAG_BYTES);
  }

  /// Decrypts a range.
  ///
  /// @param stored bytes among which the range's sections are
  /// @param start where in `stored` they begin
  byte[] unseal(byte[] stored, int start, long offset, int count) {
    byte[] clear = new byte[count];
    AesKey.Run run = key.decrypting();
    byte[] section = new byte[SECTION_BYTES];
    int at = start;
    long number = offset / SECTION_BYTES;
    for (int done = 0; done < count; number++) {
      long from = number * SECTION_BYTES;
      int length = (int) Math.min(SECTION_BYTES, this.length - from);
      if (at + length + AesKey.TAG_BYTES > stored.length) {
        throw new MalformedBytesException("the bytes end early");
      }
      AesKey.Piece piece = new AesKey.Piece(stored, at, length + AesKey.TAG_BYTES);
      int skipped = (int) (offset + done - from);
      int wanted = Math.min(length - skipped, count - done);
      if (wanted == length) {
        run.apply(nonce((int) number), new byte[0], piece, clear, done);
      } else {
        run.apply(nonce((int) number), new byte[0], piece, section, 0);
        System.arraycopy(section, skipped, clear, done, wanted);
      }
      done += wanted;
      at += length + AesKey.TAG_BYTES;
    }
    return clear;
  }

  private static byte[] nonce(int number) {
    return ByteBuffer.allocate(AesKey.NONCE_BYTES).putInt(AesKey.NONCE_BYTES - 4, number).array();
  }

  private static byte[] context(String name, byte[] fixed) {
    ByteWriter context = new ByteWriter(64);
    context.writeBytes(fixed, 0, fixed.length);
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    context.writeBytes(key, 0, key.length);
    return context.toByteArray();
  }
}
