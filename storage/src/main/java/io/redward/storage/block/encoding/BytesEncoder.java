package io.redward.storage.block.encoding;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.storage.bytes.ByteWriter;
import java.util.Arrays;
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

  /// Below this a symbol table costs more than it gains.
  private static final int MIN_SYMBOL_BYTES = 16 << 10;
  private static final int LEARN_SAMPLE_BYTES = 16 << 10;
  private static final int CHOICE_SAMPLE_BYTES = 16 << 10;
  /// General compression gains more on the whole than on a sample.
  private static final double SAMPLE_LEAVE = 0.9;

  private final BytesVector values;
  private final int rowCount;
  private final TextChoice choice;
  private final long valueBytes;

  BytesEncoder(BytesVector values, int rowCount, TextChoice choice) {
    this.values = values;
    this.rowCount = rowCount;
    this.choice = choice;
    long sum = 0;
    for (int i = 0; i < rowCount; i++) {
      sum += BytesView.length(values.views[i]);
    }
    valueBytes = sum;
  }

  EncodedBody encode(EncodingChoice wanted) {
    return switch (wanted) {
      case RAW -> sideBySide(Codec.NONE);
      case ZSTD -> sideBySide(Codec.ZSTD);
      case LZ4 -> sideBySide(Codec.LZ4);
      case DICTIONARY ->
          BytesDictionary.of(values, rowCount, DECLARED_DICTIONARY_LIMIT)
              .map(this::dictionary)
              .orElseGet(() -> sideBySide(Codec.ZSTD));
      case RUNLENGTH -> runs();
      case TEXT -> symbols();
      case AUTO, DELTA8, DELTA16, MOSTLY8, MOSTLY16, MOSTLY32 -> cheapest();
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
    boolean bySymbols = valueBytes >= MIN_SYMBOL_BYTES && choice.symbols(this::symbolsPay);
    return bySymbols ? symbols() : sideBySide(Codec.ZSTD);
  }

  /// Whether a sample gets as small by symbols, which decode faster, as by general compression.
  private boolean symbolsPay() {
    byte[] sample = SymbolTable.sample(values, rowCount, CHOICE_SAMPLE_BYTES);
    long bySymbols = SymbolTable.learn(sample).encode(sample, sample.length).length;
    return bySymbols < Codec.ZSTD.compress(sample, sample.length).length * SAMPLE_LEAVE;
  }

  /// Bytes: the lengths as packed integers, the symbol table, the codes to the end.
  private EncodedBody symbols() {
    byte[] text = text();
    SymbolTable table = SymbolTable.learn(SymbolTable.sample(values, rowCount, LEARN_SAMPLE_BYTES));
    ByteWriter out = new ByteWriter(text.length / 2 + rowCount + 2048);
    IntegerEncoder.writeCodes(out, lengths());
    table.write(out);
    byte[] codes = table.encode(text, text.length);
    out.writeBytes(codes, 0, codes.length);
    return new EncodedBody(Encoding.SYMBOLS, Codec.NONE, out);
  }

  /// Bytes: `int` strings, the string of each run side by side, the ends of the runs.
  private EncodedBody runs() {
    int[] firsts = new int[rowCount];
    int runs = 0;
    for (int row = 0; row < rowCount; row++) {
      if (row == 0 || !same(row - 1, row)) {
        firsts[runs++] = row;
      }
    }
    int[] ends = new int[runs];
    for (int run = 0; run < runs; run++) {
      ends[run] = run + 1 < runs ? firsts[run + 1] : rowCount;
    }
    ByteWriter out = new ByteWriter(1024);
    out.writeInt(runs);
    writeRows(out, Arrays.copyOf(firsts, runs));
    Runs.writeEnds(out, ends);
    return new EncodedBody(Encoding.RUNLENGTH, Codec.NONE, out);
  }

  private boolean same(int left, int right) {
    int length = values.length(left);
    return length == values.length(right)
        && (length == 0
            || Arrays.equals(
                values.page(left),
                values.offset(left),
                values.offset(left) + length,
                values.page(right),
                values.offset(right),
                values.offset(right) + length));
  }

  private byte[] text() {
    byte[] text = new byte[Math.toIntExact(valueBytes)];
    copyText(text, 0);
    return text;
  }

  /// Copies all strings, one behind the other. Strings that lie side by side, as those of a
  /// writer's buffer do, are copied as one.
  private void copyText(byte[] out, int to) {
    int at = to;
    int row = 0;
    while (row < rowCount) {
      long view = values.views[row++];
      int length = BytesView.length(view);
      if (length == 0) {
        continue;
      }
      int page = BytesView.page(view);
      int offset = BytesView.offset(view);
      int end = offset + length;
      while (row < rowCount) {
        long next = values.views[row];
        int nextLength = BytesView.length(next);
        if (nextLength > 0 && (BytesView.page(next) != page || BytesView.offset(next) != end)) {
          break;
        }
        end += nextLength;
        row++;
      }
      System.arraycopy(values.pages[page], offset, out, at, end - offset);
      at += end - offset;
    }
  }

  private EncodedBody sideBySide(Codec codec) {
    ByteWriter out = new ByteWriter((int) Math.min(1 << 30, valueBytes + rowCount * 4L + 64));
    IntegerEncoder.writeCodes(out, lengths());
    int start = out.leave(Math.toIntExact(valueBytes));
    copyText(out.array(), start);
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

  private long[] lengths() {
    long[] lengths = new long[rowCount];
    for (int i = 0; i < rowCount; i++) {
      lengths[i] = BytesView.length(values.views[i]);
    }
    return lengths;
  }

  private long[] lengths(int[] rows) {
    long[] lengths = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      lengths[i] = values.length(rows[i]);
    }
    return lengths;
  }

  private void writeRows(ByteWriter out, int[] rows) {
    IntegerEncoder.writeCodes(out, lengths(rows));
    for (int row : rows) {
      int length = values.length(row);
      if (length > 0) {
        out.writeBytes(values.page(row), values.offset(row), length);
      }
    }
  }
}
