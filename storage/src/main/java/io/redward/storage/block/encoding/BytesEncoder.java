package io.redward.storage.block.encoding;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.storage.bytes.ByteWriter;
import java.util.Optional;

/// Encodes strings: as a dictionary where strings repeat, else side by side and compressed.
///
/// Bytes of strings side by side: their lengths as packed 4-byte integers, then all their bytes.
/// Of a dictionary: `int` entries, the entries side by side, the codes as packed integers.
final class BytesEncoder {
  private static final int AUTO_DICTIONARY_LIMIT = 1 << 14;
  private static final int DECLARED_DICTIONARY_LIMIT = 1 << 16;
  private static final int ROWS_PER_ENTRY = 4;
  /// What general compression is expected to leave of text.
  private static final double EXPECTED_COMPRESSION = 0.4;

  private final BytesVector values;
  private final int rowCount;
  private final long valueBytes;

  BytesEncoder(BytesVector values, int rowCount) {
    this.values = values;
    this.rowCount = rowCount;
    long sum = 0;
    for (int i = 0; i < rowCount; i++) {
      sum += BytesView.length(values.views[i]);
    }
    valueBytes = sum;
  }

  EncodedBody encode(EncodingChoice choice) {
    return switch (choice) {
      case RAW -> sideBySide(Codec.NONE);
      case ZSTD -> sideBySide(Codec.ZSTD);
      case LZ4 -> sideBySide(Codec.LZ4);
      case DICTIONARY, RUNLENGTH ->
          BytesDictionary.of(values, rowCount, DECLARED_DICTIONARY_LIMIT)
              .map(this::dictionary)
              .orElseGet(() -> sideBySide(Codec.ZSTD));
      case AUTO, PACKED -> cheapest();
    };
  }

  private EncodedBody cheapest() {
    Optional<BytesDictionary.Codes> dictionary =
        BytesDictionary.of(
            values,
            rowCount,
            Math.max(1, Math.min(AUTO_DICTIONARY_LIMIT, rowCount / ROWS_PER_ENTRY)));
    if (dictionary.isPresent()
        && dictionary.get().bytes() < (valueBytes + rowCount) * EXPECTED_COMPRESSION) {
      return dictionary(dictionary.get());
    }
    return sideBySide(Codec.ZSTD);
  }

  private EncodedBody sideBySide(Codec codec) {
    ByteWriter out = new ByteWriter((int) Math.min(1 << 30, valueBytes + rowCount * 4L + 64));
    int[] rows = new int[rowCount];
    for (int i = 0; i < rowCount; i++) {
      rows[i] = i;
    }
    writeRows(out, rows);
    return new EncodedBody(Encoding.RAW, codec, out);
  }

  private EncodedBody dictionary(BytesDictionary.Codes dictionary) {
    ByteWriter out = new ByteWriter((int) Math.min(1 << 30, dictionary.bytes() + 256));
    int entries = dictionary.firstRows().length;
    out.writeInt(entries);
    writeRows(out, dictionary.firstRows());
    if (entries > 1) {
      IntegerEncoder.writeCodes(out, dictionary.codes());
      return new EncodedBody(Encoding.DICTIONARY, Codec.NONE, out, dictionary.firstRows());
    }
    return new EncodedBody(Encoding.CONSTANT, Codec.NONE, out, dictionary.firstRows());
  }

  private void writeRows(ByteWriter out, int[] rows) {
    long[] lengths = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      lengths[i] = values.length(rows[i]);
    }
    IntegerEncoder.writeCodes(out, lengths);
    for (int row : rows) {
      int length = values.length(row);
      if (length > 0) {
        out.writeBytes(values.page(row), values.offset(row), length);
      }
    }
  }
}
