package io.redward.load.columnar;

import io.redward.load.columnar.SourceColumn.Form;

/// Decoded values of one column, in the one of three forms its physical type takes: integers and
/// booleans as longs (timestamps of two parts as microseconds since 1970), floating-point numbers
/// as doubles, byte strings as places in `bytes`.
public final class ValueBuffer {
  /// Values decoded at once.
  public static final int SIZE = 4096;

  public final long[] longs;
  public final double[] doubles;
  public final int[] offsets;
  public final int[] lengths;
  public byte[] bytes = new byte[0];

  public ValueBuffer(Form form, int size) {
    boolean floating = form == Form.FLOAT || form == Form.DOUBLE;
    boolean strings = form == Form.BYTES;
    longs = new long[floating || strings ? 0 : size];
    doubles = new double[floating ? size : 0];
    offsets = new int[strings ? size : 0];
    lengths = new int[strings ? size : 0];
  }
}
