package io.redward.cluster.wire;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Batches as bytes: the number of rows, then column by column whether it has NULLs, which rows are
/// present, and the values: numbers as their distances from the least in as many bytes as those
/// need, strings as their lengths likewise and their bytes.
public final class BatchCodec {
  private static final int HEADER = 4;

  private BatchCodec() {}

  /// The first `columns` columns of a batch's live rows.
  public static byte[] encode(Batch batch, int columns) {
    ByteBuffer out = ByteBuffer.allocate(bound(batch, columns)).order(ByteOrder.LITTLE_ENDIAN);
    int rows = batch.selectedCount;
    out.putInt(rows);
    long[] numbers = new long[rows];
    for (int column = 0; column < columns; column++) {
      Vector vector = batch.vectors[column];
      nulls(batch, vector, out);
      switch (vector) {
        case IntVector ints -> {
          for (int i = 0; i < rows; i++) {
            numbers[i] = ints.values[batch.row(i)];
          }
          pack(numbers, vector, batch, out);
        }
        case LongVector longs -> {
          for (int i = 0; i < rows; i++) {
            numbers[i] = longs.values[batch.row(i)];
          }
          pack(numbers, vector, batch, out);
        }
        case DoubleVector doubles -> {
          for (int i = 0; i < rows; i++) {
            out.putDouble(doubles.values[batch.row(i)]);
          }
        }
        case Int128Vector wide -> {
          for (int i = 0; i < rows; i++) {
            numbers[i] = wide.high[batch.row(i)];
          }
          pack(numbers, vector, batch, out);
          for (int i = 0; i < rows; i++) {
            numbers[i] = wide.low[batch.row(i)];
          }
          pack(numbers, vector, batch, out);
        }
        case BytesVector strings -> strings(strings, batch, numbers, out);
      }
    }
    byte[] bytes = new byte[out.position()];
    out.flip();
    out.get(bytes);
    return bytes;
  }

  private static int bound(Batch batch, int columns) {
    int rows = batch.selectedCount;
    long bytes = HEADER;
    for (int column = 0; column < columns; column++) {
      bytes += 64 + (rows + 7) / 8 + 8L * rows;
      switch (batch.vectors[column]) {
        case Int128Vector _ -> bytes += 64 + 8L * rows;
        case BytesVector strings -> {
          for (int i = 0; i < rows; i++) {
            int row = batch.row(i);
            bytes += strings.isNull(row) ? 0 : strings.length(row);
          }
        }
        case IntVector _, LongVector _, DoubleVector _ -> {}
      }
    }
    return Math.toIntExact(bytes);
  }

  private static void nulls(Batch batch, Vector vector, ByteBuffer out) {
    out.put((byte) (vector.hasNulls ? 1 : 0));
    if (!vector.hasNulls) {
      return;
    }
    int rows = batch.selectedCount;
    for (int from = 0; from < rows; from += 8) {
      int bits = 0;
      for (int i = from; i < Math.min(rows, from + 8); i++) {
        bits |= vector.isNull(batch.row(i)) ? 0 : 1 << i - from;
      }
      out.put((byte) bits);
    }
  }

  /// Numbers of NULLs are whatever they are, so they are made the least first.
  private static void pack(long[] numbers, Vector vector, Batch batch, ByteBuffer out) {
    int rows = batch.selectedCount;
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < rows; i++) {
      if (!vector.isNull(batch.row(i))) {
        min = Math.min(min, numbers[i]);
        max = Math.max(max, numbers[i]);
      }
    }
    if (max < min) {
      min = 0;
      max = 0;
    }
    if (vector.hasNulls) {
      for (int i = 0; i < rows; i++) {
        if (vector.isNull(batch.row(i))) {
          numbers[i] = min;
        }
      }
    }
    pack(numbers, rows, min, max, out);
  }

  private static void pack(long[] numbers, int rows, long min, long max, ByteBuffer out) {
    int width = (64 - Long.numberOfLeadingZeros(max - min) + 7) / 8;
    out.put((byte) width);
    out.putLong(min);
    switch (width) {
      case 0 -> {}
      case 1 -> {
        for (int i = 0; i < rows; i++) {
          out.put((byte) (numbers[i] - min));
        }
      }
      case 2 -> {
        for (int i = 0; i < rows; i++) {
          out.putShort((short) (numbers[i] - min));
        }
      }
      case 3, 4 -> {
        for (int i = 0; i < rows; i++) {
          out.putInt((int) (numbers[i] - min));
        }
      }
      default -> {
        for (int i = 0; i < rows; i++) {
          out.putLong(numbers[i] - min);
        }
      }
    }
  }

  private static void strings(BytesVector strings, Batch batch, long[] lengths, ByteBuffer out) {
    int rows = batch.selectedCount;
    long max = 0;
    for (int i = 0; i < rows; i++) {
      int row = batch.row(i);
      lengths[i] = strings.isNull(row) ? 0 : strings.length(row);
      max = Math.max(max, lengths[i]);
    }
    pack(lengths, rows, 0, max, out);
    for (int i = 0; i < rows; i++) {
      int row = batch.row(i);
      if (!strings.isNull(row)) {
        out.put(strings.page(row), strings.offset(row), strings.length(row));
      }
    }
  }

  /// Rows in an encoded batch.
  public static int rows(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /// Fills `batch` with what was encoded; column i of it goes to the batch's column `columns[i]`.
  ///
  /// @throws IllegalArgumentException if the bytes are no such batch
  public static void decode(byte[] bytes, int[] columns, Batch batch) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    try {
      int rows = in.getInt();
      if (rows < 0 || rows > batch.capacity()) {
        throw new IllegalArgumentException("a batch of " + rows + " rows");
      }
      batch.reset();
      batch.selectedCount = rows;
      long[] numbers = new long[rows];
      for (int column : columns) {
        column(in, bytes, numbers, batch.vectors[column]);
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a batch", e);
    }
  }

  private static void column(ByteBuffer in, byte[] bytes, long[] numbers, Vector vector) {
    int rows = numbers.length;
    if (in.get() != 0) {
      for (int from = 0; from < rows; from += 8) {
        int bits = in.get();
        for (int i = from; i < Math.min(rows, from + 8); i++) {
          if ((bits >>> i - from & 1) == 0) {
            vector.setNull(i);
          }
        }
      }
    }
    switch (vector) {
      case IntVector ints -> {
        unpack(in, numbers);
        for (int i = 0; i < rows; i++) {
          ints.values[i] = (int) numbers[i];
        }
      }
      case LongVector longs -> {
        unpack(in, numbers);
        System.arraycopy(numbers, 0, longs.values, 0, rows);
      }
      case DoubleVector doubles -> {
        for (int i = 0; i < rows; i++) {
          doubles.values[i] = in.getDouble();
        }
      }
      case Int128Vector wide -> {
        unpack(in, numbers);
        System.arraycopy(numbers, 0, wide.high, 0, rows);
        unpack(in, numbers);
        System.arraycopy(numbers, 0, wide.low, 0, rows);
      }
      case BytesVector strings -> {
        unpack(in, numbers);
        strings.pages = new byte[][] {bytes};
        int offset = in.position();
        for (int i = 0; i < rows; i++) {
          strings.views[i] = BytesView.of(0, offset, (int) numbers[i]);
          offset += (int) numbers[i];
        }
        if (offset > bytes.length) {
          throw new IllegalArgumentException("strings end beyond the batch");
        }
        in.position(offset);
      }
    }
  }

  private static void unpack(ByteBuffer in, long[] numbers) {
    int width = in.get();
    long min = in.getLong();
    for (int i = 0; i < numbers.length; i++) {
      long distance =
          switch (width) {
            case 0 -> 0;
            case 1 -> in.get() & 0xFF;
            case 2 -> in.getShort() & 0xFFFF;
            case 3, 4 -> in.getInt() & 0xFFFF_FFFFL;
            default -> in.getLong();
          };
      numbers[i] = min + distance;
    }
  }
}
