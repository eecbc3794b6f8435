package io.redward.foundation.batch;

/// The packing of a byte string's place into one `long`: page in the top 16 bits, offset within the
/// page in the next 24, length in the low 24. A page is at most 16 MiB, a string at most 2^24 - 1
/// bytes (SUPER's limit is 16,000,000).
public final class BytesView {
  public static final int MAX_PAGES = 1 << 16;
  public static final int MAX_PAGE_BYTES = 1 << 24;
  public static final int MAX_LENGTH = (1 << 24) - 1;

  private BytesView() {}

  public static long of(int page, int offset, int length) {
    return (long) page << 48 | (long) offset << 24 | length;
  }

  public static int page(long view) {
    return (int) (view >>> 48);
  }

  public static int offset(long view) {
    return (int) (view >>> 24) & 0xFF_FFFF;
  }

  public static int length(long view) {
    return (int) view & 0xFF_FFFF;
  }
}
