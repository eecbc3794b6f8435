package io.redward.storage.block;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.encoding.BodyEncoder;
import io.redward.storage.block.encoding.Codec;
import io.redward.storage.block.encoding.EncodedBody;
import io.redward.storage.block.encoding.Encoding;
import io.redward.storage.block.encoding.EncodingChoice;
import io.redward.storage.block.encoding.TextChoice;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ValueBounds;
import java.util.Optional;

/// Encodes blocks.
public final class BlockWriter {
  /// A codec that saves less than an eighth costs more to undo than it saves.
  private static final double CODEC_GAIN = 0.875;
  private static final int MIN_CODEC_BYTES = 128;

  private BlockWriter() {}

  /// Encodes the first `rowCount` rows of `values`, whose values under nulls it overwrites.
  ///
  /// @param declared the column's `ENCODE`, or "auto"
  public static EncodedBlock encode(Vector values, int rowCount, String declared) {
    return encode(values, rowCount, declared, new TextChoice());
  }

  /// The same for one of many blocks of a column.
  ///
  /// @param text what the column's earlier blocks have shown
  public static EncodedBlock encode(Vector values, int rowCount, String declared, TextChoice text) {
    int nullCount = nullCount(values, rowCount);
    if (nullCount > 0) {
      fillNulls(values, rowCount);
    }
    EncodingChoice choice = EncodingChoice.of(declared);
    EncodedBody body = BodyEncoder.encode(values, rowCount, choice, text);
    Vector distinct = values;
    int distinctCount = rowCount;
    if (nullCount == 0 && body.distinctRows().length > 0 && values instanceof BytesVector bytes) {
      distinct = rows(bytes, body.distinctRows());
      distinctCount = body.distinctRows().length;
    }
    Optional<ValueBounds> bounds =
        nullCount == rowCount ? Optional.empty() : Optional.of(Bounds.of(distinct, distinctCount));
    Codec codec = Codec.NONE;
    byte[] stored = body.bytes().array();
    int storedBytes = body.bytes().size();
    if (body.codec() != Codec.NONE && storedBytes >= MIN_CODEC_BYTES) {
      int level = choice == EncodingChoice.ZSTD ? Codec.THOROUGH : Codec.QUICK;
      byte[] compressed = body.codec().compress(stored, storedBytes, level);
      if (compressed.length < storedBytes * CODEC_GAIN) {
        codec = body.codec();
        stored = compressed;
        storedBytes = compressed.length;
      }
    }
    ByteWriter boundsBytes = new ByteWriter(64);
    BoundsFormat.write(boundsBytes, bounds);
    boolean validity = nullCount > 0 && nullCount < rowCount;
    int validityBytes = validity ? (rowCount + 63 >> 6) * Long.BYTES : 0;
    // To the byte, so that nothing is copied once more.
    byte[] bytes =
        new byte[BlockFormat.HEADER_BYTES + boundsBytes.size() + validityBytes + storedBytes];
    ByteWriter out = new ByteWriter(bytes);
    out.writeInt(BlockFormat.MAGIC);
    out.writeByte(BlockFormat.VERSION);
    out.writeByte(values.physical().ordinal());
    out.writeByte(body.encoding().ordinal());
    out.writeByte(codec.ordinal());
    out.writeInt(rowCount);
    out.writeInt(nullCount);
    out.writeInt(storedBytes);
    out.writeInt(body.bytes().size());
    out.writeInt(boundsBytes.size());
    out.writeInt(0);
    out.writeBytes(boundsBytes.array(), 0, boundsBytes.size());
    if (validity) {
      writeValidity(out, values, rowCount);
    }
    out.writeBytes(stored, 0, storedBytes);
    int checksum = Checksum.aroundHole(bytes, BlockFormat.CHECKSUM_OFFSET);
    writeChecksum(bytes, checksum);
    BlockSummary summary =
        new BlockSummary(
            reportedName(declared, body.encoding(), codec),
            rowCount,
            nullCount,
            bytes.length,
            bounds);
    return new EncodedBlock(bytes, summary, distinct, distinctCount);
  }

  /// The declared name if the block is encoded at all, else the nearest to what was chosen.
  private static String reportedName(String declared, Encoding used, Codec codec) {
    if (codec == Codec.NONE && (used == Encoding.RAW || used == Encoding.CONSTANT)) {
      return used.reportedName();
    }
    if (!declared.equals("auto")) {
      return declared;
    }
    return switch (codec) {
      case NONE -> used.reportedName();
      case ZSTD -> "zstd";
      case LZ4 -> "lzo";
    };
  }

  private static Vector rows(BytesVector values, int[] rows) {
    BytesVector chosen = new BytesVector(rows.length);
    chosen.pages = values.pages;
    for (int i = 0; i < rows.length; i++) {
      chosen.views[i] = values.views[rows[i]];
    }
    return chosen;
  }

  private static void writeChecksum(byte[] bytes, int checksum) {
    for (int i = 0; i < 4; i++) {
      bytes[BlockFormat.CHECKSUM_OFFSET + i] = (byte) (checksum >>> 8 * i);
    }
  }

  private static int nullCount(Vector values, int rowCount) {
    if (!values.hasNulls) {
      return 0;
    }
    int present = 0;
    for (int word = 0; word << 6 < rowCount; word++) {
      present += Long.bitCount(values.validity[word] & wordMask(word, rowCount));
    }
    return rowCount - present;
  }

  private static void writeValidity(ByteWriter out, Vector values, int rowCount) {
    for (int word = 0; word << 6 < rowCount; word++) {
      out.writeLong(values.validity[word] & wordMask(word, rowCount));
    }
  }

  /// The bits of a validity word that belong to rows.
  private static long wordMask(int word, int rowCount) {
    int rows = Math.min(64, rowCount - (word << 6));
    return -1L >>> 64 - rows;
  }

  /// Gives each null row the value of the row before it, or zero, so that nulls neither widen a
  /// block's range nor break its runs. Null strings become empty.
  private static void fillNulls(Vector values, int rowCount) {
    switch (values) {
      case IntVector ints -> {
        for (int i = 0; i < rowCount; i++) {
          if (ints.isNull(i)) {
            ints.values[i] = i == 0 ? firstPresentInt(ints, rowCount) : ints.values[i - 1];
          }
        }
      }
      case LongVector longs -> {
        for (int i = 0; i < rowCount; i++) {
          if (longs.isNull(i)) {
            longs.values[i] = i == 0 ? firstPresentLong(longs, rowCount) : longs.values[i - 1];
          }
        }
      }
      case DoubleVector doubles -> {
        for (int i = 0; i < rowCount; i++) {
          if (doubles.isNull(i)) {
            doubles.values[i] = i == 0 ? 0 : doubles.values[i - 1];
          }
        }
      }
      case Int128Vector wide -> {
        for (int i = 0; i < rowCount; i++) {
          if (wide.isNull(i)) {
            wide.high[i] = i == 0 ? 0 : wide.high[i - 1];
            wide.low[i] = i == 0 ? 0 : wide.low[i - 1];
          }
        }
      }
      case BytesVector bytes -> {
        for (int i = 0; i < rowCount; i++) {
          if (bytes.isNull(i)) {
            bytes.views[i] = 0;
          }
        }
      }
    }
  }

  private static int firstPresentInt(IntVector vector, int rowCount) {
    for (int i = 0; i < rowCount; i++) {
      if (!vector.isNull(i)) {
        return vector.values[i];
      }
    }
    return 0;
  }

  private static long firstPresentLong(LongVector vector, int rowCount) {
    for (int i = 0; i < rowCount; i++) {
      if (!vector.isNull(i)) {
        return vector.values[i];
      }
    }
    return 0;
  }
}
