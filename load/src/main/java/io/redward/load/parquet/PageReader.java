package io.redward.load.parquet;

import static io.redward.load.columnar.MalformedFile.required;

import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.ValueBuffer;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.jspecify.annotations.Nullable;
import shaded.parquet.org.apache.thrift.TException;

/// The pages of one column of one row group, one after another: levels and values.
final class PageReader {
  private static final int HEADER_BYTES = 1 << 10;
  private static final int MAX_HEADER_BYTES = 1 << 24;

  private final ParquetFile file;
  private final ParquetColumn column;
  private final ColumnMetaData chunk;
  private final CompressionCodec codec;
  private final long end;
  private ValueBuffer dictionary;
  private long position;
  private int left;
  private Encoding encoding = Encoding.PLAIN;
  private ByteReader page = new ByteReader(new byte[0], 0, 0);
  private @Nullable RunLengthReader repetitions;
  private @Nullable RunLengthReader definitions;
  private @Nullable ValueDecoder decoder;

  PageReader(ParquetFile file, ParquetColumn column, ColumnChunk chunk) {
    this.file = file;
    this.column = column;
    this.chunk = required(chunk.getMeta_data(), "a column's description");
    this.codec = required(this.chunk.getCodec(), "a column's codec");
    long start = this.chunk.getData_page_offset();
    if (this.chunk.isSetDictionary_page_offset() && this.chunk.getDictionary_page_offset() > 0) {
      start = Math.min(start, this.chunk.getDictionary_page_offset());
    }
    long size = this.chunk.getTotal_compressed_size();
    if (start < 0 || size < 0 || start > file.size() || size > file.size() - start) {
      throw new MalformedFile("column \"" + column.name() + "\" lies outside of the file");
    }
    this.position = start;
    this.end = start + size;
    this.dictionary = column.buffer(0);
  }

  /// Whether there are no more values.
  boolean ended() {
    while (left == 0 && position < end) {
      nextPage();
    }
    return left == 0;
  }

  /// How many values, absent ones too, the current page still has: at least one.
  int available() {
    if (ended()) {
      throw new MalformedFile("column \"" + column.name() + "\" has too few values");
    }
    return left;
  }

  /// Reads the next definition levels.
  ///
  /// @return false if the column has none
  boolean definitions(int[] out, int count) {
    return levels(definitions, out, count);
  }

  /// Reads the next repetition levels.
  ///
  /// @return false if the column has none
  boolean repetitions(int[] out, int count) {
    return levels(repetitions, out, count);
  }

  private static boolean levels(@Nullable RunLengthReader from, int[] out, int count) {
    if (from == null) {
      return false;
    }
    from.read(out, count);
    return true;
  }

  /// Decodes the next values that are there.
  void decode(ValueBuffer out, int count) {
    decoder().decode(out, count);
  }

  /// Marks values, absent ones too, as taken from the page.
  void taken(int count) {
    left -= count;
  }

  /// Made at the first value, because a page of nulls has none and its decoder nothing to read.
  private ValueDecoder decoder() {
    ValueDecoder current = decoder;
    if (current == null) {
      current = ValueDecoder.of(column, encoding, page, dictionary);
      decoder = current;
    }
    return current;
  }

  private void nextPage() {
    PageHeader header = header();
    int length = header.getCompressed_page_size();
    if (length < 0 || length > end - position) {
      throw new MalformedFile("a page of column \"" + column.name() + "\" is cut off");
    }
    byte[] bytes = file.read(position, length);
    position += length;
    switch (required(header.getType(), "a page's type")) {
      case DICTIONARY_PAGE -> dictionary(header, bytes);
      case DATA_PAGE -> dataPage(header, bytes);
      case DATA_PAGE_V2 -> dataPage2(header, bytes);
      case INDEX_PAGE -> {}
    }
  }

  private PageHeader header() {
    long available = end - position;
    for (long window = HEADER_BYTES; ; window *= 16) {
      PageHeader header = new PageHeader();
      try {
        int taken = ThriftBytes.read(file.read(position, Math.min(window, available)), header);
        position += taken;
        return header;
      } catch (TException e) {
        if (window >= available || window >= MAX_HEADER_BYTES) {
          throw new MalformedFile("a page header of \"" + column.name() + "\" cannot be read");
        }
      }
    }
  }

  private void dictionary(PageHeader page, byte[] bytes) {
    DictionaryPageHeader header = required(page.getDictionary_page_header(), "a page's header");
    byte[] plain = PageCodec.unpack(codec, bytes, 0, page.getUncompressed_page_size());
    dictionary =
        DictionaryDecoder.dictionary(
            column, new ByteReader(plain, 0, plain.length), header.getNum_values());
  }

  private void dataPage(PageHeader page, byte[] bytes) {
    DataPageHeader header = required(page.getData_page_header(), "a page's header");
    byte[] plain = PageCodec.unpack(codec, bytes, 0, page.getUncompressed_page_size());
    ByteReader in = new ByteReader(plain, 0, plain.length);
    int repetition = column.levels().repetition();
    int definition = column.levels().definition();
    if (repetition > 0) {
      repetitions = runs(header.getRepetition_level_encoding(), in, repetition);
    }
    if (definition > 0) {
      definitions = runs(header.getDefinition_level_encoding(), in, definition);
    }
    start(header.getNum_values(), required(header.getEncoding(), "a page's encoding"), in);
  }

  private static RunLengthReader runs(@Nullable Encoding encoding, ByteReader in, int greatest) {
    if (encoding != Encoding.RLE) {
      throw new MalformedFile("levels are encoded as " + encoding);
    }
    return new RunLengthReader(in.slice(in.int32()), width(greatest));
  }

  /// The bits of a level.
  private static int width(int greatest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
  }

  /// Levels come first and are never packed.
  private void dataPage2(PageHeader page, byte[] bytes) {
    DataPageHeaderV2 header = required(page.getData_page_header_v2(), "a page's header");
    ByteReader in = new ByteReader(bytes, 0, bytes.length);
    ByteReader repeated = in.slice(header.getRepetition_levels_byte_length());
    ByteReader defined = in.slice(header.getDefinition_levels_byte_length());
    int repetition = column.levels().repetition();
    int definition = column.levels().definition();
    repetitions = repetition > 0 ? new RunLengthReader(repeated, width(repetition)) : null;
    definitions = definition > 0 ? new RunLengthReader(defined, width(definition)) : null;
    boolean packed = !header.isSetIs_compressed() || header.isIs_compressed();
    if (packed && in.remaining() > 0) {
      byte[] plain =
          PageCodec.unpack(codec, bytes, in.at, page.getUncompressed_page_size() - in.at);
      in = new ByteReader(plain, 0, plain.length);
    }
    start(header.getNum_values(), required(header.getEncoding(), "a page's encoding"), in);
  }

  private void start(int count, Encoding encoding, ByteReader in) {
    if (count < 0) {
      throw new MalformedFile("a page of " + count + " values");
    }
    left = count;
    decoder = null;
    page = in;
    this.encoding = encoding;
  }
}
