package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.block.encoding.Codec;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.table.RowsetSnapshot;
import org.jspecify.annotations.Nullable;

/// Where the rows of a rowset went when it was replaced: by old row, the row id now (rowset and
/// row), or -1 for a row that was deleted. Immutable and thread-safe. Kept as the bytes that are
/// written into the commit, and expanded when somebody first asks.
///
/// Bytes: `byte` codec ([Codec]'s ordinal: ZSTD for more than a few rows), `int` rows (0: it is not
/// known where they went), then under the codec, as a blob, two `int`s a row, first of all rows the
/// one, then the other: the rowset (0 if the row was deleted) less that of the row before, and the
/// row less that of the row before and 1.
public final class RowMoves {
  /// As commits of versions before 3 have it, and where another table has the rows now.
  static final RowMoves UNKNOWN = new RowMoves(Codec.NONE, 0, new byte[0]);

  private static final int MIN_CODEC_ROWS = 32;

  private final Codec codec;
  private final int rowCount;
  private final byte[] encoded;
  private volatile long @Nullable [] expanded;

  private RowMoves(Codec codec, int rowCount, byte[] encoded) {
    this.codec = codec;
    this.rowCount = rowCount;
    this.encoded = encoded;
  }

  /// @param newRows by old row, not changed afterwards
  public static RowMoves of(long[] newRows) {
    int count = newRows.length;
    int[] rowsets = new int[count];
    int[] rows = new int[count];
    int rowset = 0;
    int row = -1;
    for (int i = 0; i < count; i++) {
      boolean deleted = newRows[i] < 0;
      int newRowset = deleted ? 0 : (int) (newRows[i] >>> 32);
      int newRow = deleted ? row : (int) newRows[i];
      rowsets[i] = newRowset - rowset;
      rows[i] = deleted ? 0 : newRow - row - 1;
      rowset = newRowset;
      row = newRow;
    }
    ByteWriter out = new ByteWriter(8 * count);
    out.writeInts(rowsets, count);
    out.writeInts(rows, count);
    Codec codec = count < MIN_CODEC_ROWS ? Codec.NONE : Codec.ZSTD;
    RowMoves moves = new RowMoves(codec, count, codec.compress(out.array(), out.size()));
    moves.expanded = newRows;
    return moves;
  }

  boolean isKnown() {
    return rowCount > 0;
  }

  /// By old row: its row id now, or -1.
  ///
  /// @throws SqlException DATA_CORRUPTED if the bytes do not fit together
  long[] newRows() {
    long[] known = expanded;
    if (known == null) {
      try {
        known = expand();
      } catch (MalformedBytesException e) {
        throw new SqlException(
            SqlState.DATA_CORRUPTED, "a fold's row moves are damaged: " + e.reason(), e);
      }
      expanded = known;
    }
    return known;
  }

  void write(ByteWriter out) {
    out.writeByte(codec.ordinal());
    out.writeInt(rowCount);
    out.writeBlob(encoded);
  }

  static RowMoves read(ByteReader in) {
    Codec codec = Codec.of(in.readByte());
    int rows = in.readInt();
    byte[] encoded = in.readBlob();
    if (rows < 0 || rows > Integer.MAX_VALUE / 8) {
      throw new MalformedBytesException("a count of moved rows is out of range");
    }
    return rows == 0 ? UNKNOWN : new RowMoves(codec, rows, encoded);
  }

  private long[] expand() {
    byte[] bytes = codec.decompress(encoded, 0, encoded.length, 8 * rowCount);
    ByteReader in = new ByteReader(bytes);
    int[] rowsets = in.readInts(rowCount);
    int[] rows = in.readInts(rowCount);
    long[] newRows = new long[rowCount];
    int rowset = 0;
    int row = -1;
    for (int i = 0; i < rowCount; i++) {
      rowset += rowsets[i];
      if (rowset == 0) {
        newRows[i] = -1;
      } else {
        row += rows[i] + 1;
        newRows[i] = RowsetSnapshot.rowId(rowset, row);
      }
    }
    return newRows;
  }
}
