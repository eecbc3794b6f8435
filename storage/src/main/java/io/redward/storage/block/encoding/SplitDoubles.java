package io.redward.storage.block.encoding;

/// Doubles cut in two: the left bits (sign, exponent and perhaps some of the fraction) as codes
/// into a dictionary of a few, the right ones packed. Values with other left bits are exceptions.
///
/// @param lefts the left bits where they belong, the right ones zero
record SplitDoubles(long[] lefts, IntBody codes, LongBody rights, Exceptions exceptions)
    implements DoubleBody {
  static final int MAX_LEFTS = 8;

  private static final int STRIDE = 1024;

  @Override
  public long heldBytes() {
    return lefts.length * 8L + codes.heldBytes() + rights.heldBytes() + exceptions.heldBytes();
  }

  @Override
  public void decode(int from, int count, double[] out) {
    int[] code = new int[Math.min(STRIDE, count)];
    long[] right = new long[code.length];
    for (int at = 0; at < count; at += STRIDE) {
      int run = Math.min(STRIDE, count - at);
      codes.decode(from + at, run, code);
      rights.decode(from + at, run, right);
      SplitLanes.join(lefts, code, right, out, at, run);
    }
    exceptions.patch(from, count, out, 0);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, double[] out) {
    if (selectedCount == 0) {
      return;
    }
    int span = selection[selectedCount - 1] + 1;
    int[] code = new int[span];
    long[] right = new long[span];
    codes.decodeSelected(from, selection, selectedCount, code);
    rights.decodeSelected(from, selection, selectedCount, right);
    for (int i = 0; i < selectedCount; i++) {
      int row = selection[i];
      out[row] = Double.longBitsToDouble(lefts[code[row]] | right[row]);
    }
    exceptions.patch(from, span, out, 0);
  }
}
