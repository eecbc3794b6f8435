package io.redward.load.source;

import io.airlift.compress.v3.bzip2.BZip2HadoopStreams;
import io.airlift.compress.v3.lzo.LzopHadoopStreams;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.redward.spi.CopyRequest.Compression;
import io.redward.spi.CopyRequest.Reading;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Opens a file, unpacks it and turns it into UTF-8 on the fly.
final class Unpacking {
  private static final int BUFFER_BYTES = 1 << 18;

  private Unpacking() {}

  /// @param counter sees the packed bytes go by
  static InputStream open(Path file, Reading reading, CountingStream.Counter counter)
      throws IOException {
    InputStream raw = new CountingStream(Files.newInputStream(file), counter);
    try {
      return Transcoding.toUtf8(unpacked(raw, reading.compression()), reading.encoding());
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream unpacked(InputStream raw, Compression compression) throws IOException {
    return switch (compression) {
      case NONE -> raw;
      case GZIP -> new GZIPInputStream(new BufferedInputStream(raw, BUFFER_BYTES), BUFFER_BYTES);
      case ZSTD -> new ZstdInputStream(new BufferedInputStream(raw, BUFFER_BYTES));
      case BZIP2 ->
          new BZip2HadoopStreams().createInputStream(new BufferedInputStream(raw, BUFFER_BYTES));
      case LZOP ->
          new LzopHadoopStreams().createInputStream(new BufferedInputStream(raw, BUFFER_BYTES));
    };
  }
}
