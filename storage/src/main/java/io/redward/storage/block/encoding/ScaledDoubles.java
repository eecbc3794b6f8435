package io.redward.storage.block.encoding;

/// Doubles that are the nearest to `digits / divisor` for integer digits and a power of ten, bit
/// for bit; the others are exceptions (their bits). Division, unlike multiplication by the inverse,
/// rounds to that nearest double always.
record ScaledDoubles(LongBody digits, double divisor, Exceptions exceptions) implements DoubleBody {
  private static final int STRIDE = 1024;

  @Override
  public long heldBytes() {
    return digits.heldBytes() + exceptions.heldBytes();
  }

  @Override
  public void decode(int from, int count, double[] out) {
    long[] buffer = new long[Math.min(STRIDE, count)];
    for (int at = 0; at < count; at += STRIDE) {
      int run = Math.min(STRIDE, count - at);
      digits.decode(from + at, run, buffer);
      for (int i = 0; i < run; i++) {
        out[at + i] = buffer[i] / divisor;
      }
    }
    exceptions.patch(from, count, out, 0);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, double[] out) {
    if (selectedCount == 0) {
      return;
    }
    int span = selection[selectedCount - 1] + 1;
    long[] buffer = new long[span];
    digits.decodeSelected(from, selection, selectedCount, buffer);
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = buffer[selection[i]] / divisor;
    }
    exceptions.patch(from, span, out, 0);
  }
}
