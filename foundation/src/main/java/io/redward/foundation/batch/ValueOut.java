package io.redward.foundation.batch;

/// Where a function called from generated code puts a result that is not a single primitive: a
/// 128-bit integer, a byte string, or "null". One instance a call site and thread; the caller reads
/// the fields at once, so the next call may overwrite them.
public final class ValueOut {
  /// Set by functions that may answer NULL although no argument is; they must also clear it.
  public boolean isNull;

  public long high;
  public long low;

  public byte[] page = new byte[0];
  public int offset;
  public int length;

  private byte[] scratch = new byte[64];

  /// A buffer of at least `bytes` bytes that this call may fill and return.
  public byte[] scratch(int bytes) {
    if (scratch.length < bytes) {
      scratch = new byte[Math.max(bytes, scratch.length * 2)];
    }
    return scratch;
  }

  public void bytes(byte[] page, int offset, int length) {
    this.page = page;
    this.offset = offset;
    this.length = length;
  }

  public void int128(long high, long low) {
    this.high = high;
    this.low = low;
  }
}
