package io.redward.load.unload;

import io.airlift.compress.v3.bzip2.BZip2HadoopStreams;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import io.redward.spi.CopyRequest.Compression;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// A file that is being written, in a temporary place.
final class OutputFile {
  private final Path path;
  private final OutputStream out;
  private long bytes;
  private long rows;

  OutputFile(Path path, Compression compression) throws IOException {
    this.path = path;
    OutputStream raw = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    out =
        switch (compression) {
          case NONE -> raw;
          case GZIP -> new GZIPOutputStream(raw, 1 << 16);
          case ZSTD -> new ZstdOutputStream(raw);
          case BZIP2 -> new BZip2HadoopStreams().createOutputStream(raw);
          case LZOP -> throw new IllegalArgumentException("UNLOAD writes no LZOP");
        };
  }

  void write(ByteArrayOutputStream row) throws IOException {
    row.writeTo(out);
    bytes += row.size();
  }

  void countRow() {
    rows++;
  }

  /// Bytes before compression.
  long bytes() {
    return bytes;
  }

  long rows() {
    return rows;
  }

  Path path() {
    return path;
  }

  void close() throws IOException {
    out.close();
  }
}
