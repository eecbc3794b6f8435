package io.redward.load.unload;

import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import io.redward.foundation.batch.Batch;
import io.redward.spi.Unloader.Column;
import io.redward.spi.ValueText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/// A Parquet file: row groups of one page a column, plainly encoded, packed by Snappy. Source: the
/// format's specification, version 2.
final class ParquetOutput implements RowFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final Path path;
  private final RowFormat.Fields fields;
  private final ValueText text;
  private final int rowGroupBytes;
  private final List<ParquetColumnBuffer> columns = new ArrayList<>();
  private final List<RowGroup> groups = new ArrayList<>();
  private final SnappyJavaCompressor snappy = new SnappyJavaCompressor();
  private final OutputStream out;
  private long position;
  private long rows;
  private int rowsOfGroup;
  private long bufferedBytes;
  private boolean closed;

  /// @param rowGroupBytes a row group that has become so large is followed by another
  ParquetOutput(Path path, RowFormat.Fields fields, ValueText text, int rowGroupBytes)
      throws IOException {
    this.path = path;
    this.fields = fields;
    this.text = text;
    this.rowGroupBytes = rowGroupBytes;
    for (Column column : fields.columns()) {
      columns.add(new ParquetColumnBuffer(column));
    }
    out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    write(MAGIC, MAGIC.length);
  }

  @Override
  public void add(Batch batch, int row) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(batch.vectors[fields.indexes()[i]], row, text);
    }
    rows++;
    rowsOfGroup++;
    if ((rowsOfGroup & 1023) == 0) {
      bufferedBytes = buffered();
      if (bufferedBytes >= rowGroupBytes) {
        endGroup();
      }
    }
  }

  private long buffered() {
    long bytes = 0;
    for (ParquetColumnBuffer column : columns) {
      bytes += column.bytes();
    }
    return bytes;
  }

  private void endGroup() throws IOException {
    List<ColumnChunk> chunks = new ArrayList<>();
    long total = 0;
    for (ParquetColumnBuffer column : columns) {
      long start = position;
      byte[] page = column.takePage();
      byte[] packed = new byte[snappy.maxCompressedLength(page.length)];
      int length = snappy.compress(page, 0, page.length, packed, 0, packed.length);
      PageHeader header = new PageHeader(PageType.DATA_PAGE, page.length, length);
      header.setData_page_header(
          new DataPageHeader(rowsOfGroup, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
      Util.writePageHeader(header, counting());
      long headerBytes = position - start;
      write(packed, length);
      ColumnMetaData metadata =
          new ColumnMetaData(
              column.type(),
              List.of(Encoding.PLAIN, Encoding.RLE),
              List.of(column.name()),
              CompressionCodec.SNAPPY,
              rowsOfGroup,
              headerBytes + page.length,
              position - start,
              start);
      ColumnChunk chunk = new ColumnChunk(start);
      chunk.setMeta_data(metadata);
      chunks.add(chunk);
      total += headerBytes + page.length;
    }
    groups.add(new RowGroup(chunks, total, rowsOfGroup));
    rowsOfGroup = 0;
    bufferedBytes = 0;
  }

  @Override
  public long bytes() {
    return position + bufferedBytes;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      if (rowsOfGroup > 0) {
        endGroup();
      }
      List<SchemaElement> schema = new ArrayList<>();
      SchemaElement root = new SchemaElement("schema");
      root.setNum_children(columns.size());
      schema.add(root);
      columns.forEach(column -> schema.add(column.schema()));
      FileMetaData metadata = new FileMetaData(2, schema, rows, groups);
      metadata.setCreated_by("redward");
      long start = position;
      Util.writeFileMetaData(metadata, counting());
      long length = position - start;
      byte[] tail = new byte[4];
      for (int i = 0; i < 4; i++) {
        tail[i] = (byte) (length >>> 8 * i);
      }
      write(tail, tail.length);
      write(MAGIC, MAGIC.length);
    }
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    position += length;
  }

  private OutputStream counting() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
        position++;
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        position += length;
      }
    };
  }
}
