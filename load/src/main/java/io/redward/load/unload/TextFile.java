package io.redward.load.unload;

import io.airlift.compress.v3.bzip2.BZip2HadoopStreams;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import io.redward.foundation.batch.Batch;
import io.redward.spi.CopyRequest.Compression;
import io.redward.spi.ValueText;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Rows as text, a line each.
final class TextFile implements RowFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final RowFormat format;
  private final RowFormat.Fields fields;
  private final ValueText text;
  private final OutputStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private long bytes;
  private long rows;

  TextFile(
      Path path, Compression compression, RowFormat format, RowFormat.Fields fields, ValueText text)
      throws IOException {
    this.path = path;
    this.format = format;
    this.fields = fields;
    this.text = text;
    OutputStream raw = new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES);
    out =
        switch (compression) {
          case NONE -> raw;
          case GZIP -> new GZIPOutputStream(raw, BUFFER_BYTES);
          case ZSTD -> new ZstdOutputStream(raw);
          case BZIP2 -> new BZip2HadoopStreams().createOutputStream(raw);
          case LZOP -> throw new IllegalArgumentException("UNLOAD writes no LZOP");
        };
  }

  void addHeader() throws IOException {
    line.reset();
    format.header(fields, line);
    writeLine();
  }

  @Override
  public void add(Batch batch, int row) throws IOException {
    line.reset();
    format.row(fields, batch, row, text, line);
    writeLine();
    rows++;
  }

  private void writeLine() throws IOException {
    line.writeTo(out);
    bytes += line.size();
  }

  @Override
  public long bytes() {
    return bytes;
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
    out.close();
  }
}
