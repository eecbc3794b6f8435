package io.redward.load.parquet;

import org.apache.parquet.format.Type;

/// Decoded values of one column, in the one of three forms its physical type takes: integers and
/// booleans as longs (INT96 as microseconds since 1970), floating-point numbers as doubles, byte
/// strings as places in `bytes`.
final class ValueBuffer {
  /// Values decoded at once.
  static final int SIZE = 4096;

  final long[] longs;
  final double[] doubles;
  final int[] offsets;
  final int[] lengths;
  byte[] bytes = new byte[0];

  ValueBuffer(Type type, int size) {
    boolean floating = type == Type.FLOAT || type == Type.DOUBLE;
    boolean strings = type == Type.BYTE_ARRAY || type == Type.FIXED_LEN_BYTE_ARRAY;
    longs = new long[floating || strings ? 0 : size];
    doubles = new double[floating ? size : 0];
    offsets = new int[strings ? size : 0];
    lengths = new int[strings ? size : 0];
  }
}
