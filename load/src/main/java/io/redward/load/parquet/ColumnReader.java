package io.redward.load.parquet;

import static io.redward.load.parquet.MalformedFile.required;

import io.redward.foundation.batch.Vector;
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

/// Reads one column of one row group, page after page, into vectors.
final class ColumnReader {
  private static final int HEADER_BYTES = 1 << 10;
  private static final int MAX_HEADER_BYTES = 1 << 24;

  private final ParquetFile file;
  private final ParquetColumn column;
  private final ColumnConverter converter;
  private final ColumnMetaData chunk;
  private final CompressionCodec codec;
  private final long end;
  private final ValueBuffer values;
  private final int[] levels = new int[ValueBuffer.SIZE];
  private final int[] rows = new int[ValueBuffer.SIZE];
  private ValueBuffer dictionary;
  private long position;
  private int left;
  private Encoding encoding = Encoding.PLAIN;
  private ByteReader page = new ByteReader(new byte[0], 0, 0);
  private @Nullable RunLengthReader nulls;
  private @Nullable ValueDecoder decoder;

  ColumnReader(
      ParquetFile file, ParquetColumn column, ColumnChunk chunk, ColumnConverter converter) {
    this.file = file;
    this.column = column;
    this.converter = converter;
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
    this.values = new ValueBuffer(column.type(), ValueBuffer.SIZE);
    this.dictionary = new ValueBuffer(column.type(), 0);
  }

  /// Fills the first `count` rows of `out`.
  void read(Vector out, int count) {
    int done = 0;
    while (done < count) {
      if (left == 0) {
        nextPage();
        continue;
      }
      int step = Math.min(left, count - done);
      int present = present(out, done, step);
      if (present > 0) {
        decoder().decode(values, present);
        converter.convert(values, present, rows, out);
      }
      left -= step;
      done += step;
    }
  }

  /// Marks nulls and finds the rows that have values.
  private int present(Vector out, int first, int count) {
    if (nulls == null) {
      for (int i = 0; i < count; i++) {
        rows[i] = first + i;
      }
      return count;
    }
    nulls.read(levels, count);
    int present = 0;
    for (int i = 0; i < count; i++) {
      if (levels[i] != 0) {
        rows[present++] = first + i;
      } else {
        converter.requireNullable();
        out.setNull(first + i);
      }
    }
    return present;
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
    if (position >= end) {
      throw new MalformedFile("column \"" + column.name() + "\" has too few values");
    }
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
    @Nullable RunLengthReader levels = null;
    if (column.optional()) {
      if (header.getDefinition_level_encoding() != Encoding.RLE) {
        throw new MalformedFile("levels are encoded as " + header.getDefinition_level_encoding());
      }
      levels = new RunLengthReader(in.slice(in.int32()), 1);
    }
    start(header.getNum_values(), required(header.getEncoding(), "a page's encoding"), levels, in);
  }

  /// Levels come first and are never packed.
  private void dataPage2(PageHeader page, byte[] bytes) {
    DataPageHeaderV2 header = required(page.getData_page_header_v2(), "a page's header");
    ByteReader in = new ByteReader(bytes, 0, bytes.length);
    in.slice(header.getRepetition_levels_byte_length());
    ByteReader levels = in.slice(header.getDefinition_levels_byte_length());
    boolean packed = !header.isSetIs_compressed() || header.isIs_compressed();
    if (packed && in.remaining() > 0) {
      byte[] plain =
          PageCodec.unpack(codec, bytes, in.at, page.getUncompressed_page_size() - in.at);
      in = new ByteReader(plain, 0, plain.length);
    }
    start(
        header.getNum_values(),
        required(header.getEncoding(), "a page's encoding"),
        column.optional() ? new RunLengthReader(levels, 1) : null,
        in);
  }

  private void start(
      int count, Encoding encoding, @Nullable RunLengthReader levels, ByteReader in) {
    if (count < 0) {
      throw new MalformedFile("a page of " + count + " values");
    }
    left = count;
    nulls = levels;
    decoder = null;
    page = in;
    this.encoding = encoding;
  }
}
