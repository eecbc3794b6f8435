package io.redward.load.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.bzip2.BZip2HadoopStreams;
import io.airlift.compress.v3.lzo.LzopHadoopStreams;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import io.redward.spi.CopyRequest.Compression;
import io.redward.spi.CopyRequest.Encoding;
import io.redward.spi.CopyRequest.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnpackingTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void everyCompressionIsUnpacked(Compression compression) throws IOException {
    byte[] text = "1|one\n2|two\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("packed");
    try (OutputStream out = packing(Files.newOutputStream(file), compression)) {
      out.write(text);
    }
    Reading reading = new Reading(compression, Encoding.UTF8, 0);
    try (InputStream in = Unpacking.open(file, reading, _ -> {})) {
      assertThat(in.readAllBytes()).isEqualTo(text);
    }
  }

  private static OutputStream packing(OutputStream out, Compression compression)
      throws IOException {
    return switch (compression) {
      case NONE -> out;
      case GZIP -> new GZIPOutputStream(out);
      case ZSTD -> new ZstdOutputStream(out);
      case BZIP2 -> new BZip2HadoopStreams().createOutputStream(out);
      case LZOP -> new LzopHadoopStreams().createOutputStream(out);
    };
  }

  @ParameterizedTest
  @EnumSource
  void everyEncodingBecomesUtf8(Encoding encoding) throws IOException {
    boolean latin = encoding == Encoding.ISO88591;
    String text = (latin ? "Grüße\n" : "Grüße 😀 漢\n").repeat(30_000);
    Path file = directory.resolve("text");
    Files.writeString(
        file,
        text,
        switch (encoding) {
          case UTF8 -> StandardCharsets.UTF_8;
          case UTF16 -> StandardCharsets.UTF_16;
          case UTF16LE -> StandardCharsets.UTF_16LE;
          case UTF16BE -> StandardCharsets.UTF_16BE;
          case ISO88591 -> StandardCharsets.ISO_8859_1;
        });
    Reading reading = new Reading(Compression.NONE, encoding, 0);
    try (InputStream in = Unpacking.open(file, reading, _ -> {})) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }
}
