package io.redward.load;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.columnar.ColumnarFile;
import io.redward.load.columnar.ColumnarSample;
import io.redward.load.format.CsvSample;
import io.redward.load.format.JsonSample;
import io.redward.load.orc.OrcFile;
import io.redward.load.parquet.ParquetFile;
import io.redward.load.source.ChunkReader;
import io.redward.spi.CopyRequest;
import io.redward.spi.CopyRequest.Compression;
import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.CopyRequest.Format;
import io.redward.spi.CopyRequest.Reading;
import io.redward.spi.FileShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds out what files hold: their form by the name, columns and types by the first of them (its
/// footer if it is Parquet, its first rows if it is text).
final class FileInspector {
  private static final int SAMPLE_BYTES = 1 << 20;

  private final CopyRequest.Origin origin;
  private final Path first;
  private final long bytes;

  FileInspector(CopyRequest.Origin origin, Path first, long bytes) {
    this.origin = origin;
    this.first = first;
    this.bytes = bytes;
  }

  FileShape shape() {
    String name = origin.location().toLowerCase(Locale.ROOT);
    Compression compression = Compression.NONE;
    for (Packing packing : Packing.values()) {
      if (name.endsWith(packing.ending)) {
        compression = packing.compression;
        name = name.substring(0, name.length() - packing.ending.length());
      }
    }
    if (name.endsWith(".parquet")) {
      return columnar(new Format.Parquet(true), ParquetFile.open(first, origin.location()));
    }
    if (name.endsWith(".orc")) {
      return columnar(new Format.Orc(true), OrcFile.open(first, origin.location()));
    }
    Reading reading = new Reading(compression, CopyRequest.Encoding.UTF8, 0);
    if (name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      try (InputStream in = ChunkReader.open(first, reading)) {
        Format format = new Format.Json(true, Optional.empty());
        return shape(format, reading, JsonSample.columns(first, in));
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
    if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt")) {
      CsvSample sample = CsvSample.of(first, head(reading), conversion());
      Format format = new Format.Csv(sample.delimiter(), (byte) '"');
      int header = sample.header() ? 1 : 0;
      return shape(
          format, new Reading(compression, CopyRequest.Encoding.UTF8, header), sample.columns());
    }
    throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "cannot tell what is in the file \"" + origin.location() + "\"")
        .withHint(
            "Names end in .parquet, .orc, .csv, .tsv, .txt, .json, .jsonl or .ndjson; texts may be"
                + " packed: .gz, .zst, .bz2.");
  }

  /// What endings of names say of packing.
  private enum Packing {
    GZIP(".gz", Compression.GZIP),
    ZSTD(".zst", Compression.ZSTD),
    BZIP2(".bz2", Compression.BZIP2);

    private final String ending;
    private final Compression compression;

    Packing(String ending, Compression compression) {
      this.ending = ending;
      this.compression = compression;
    }
  }

  private FileShape columnar(Format format, ColumnarFile opened) {
    try (ColumnarFile file = opened) {
      return shape(format, Reading.PLAIN, ColumnarSample.columns(file));
    }
  }

  private FileShape shape(Format format, Reading reading, List<FileShape.Column> columns) {
    CopyRequest request = new CopyRequest(origin, format, reading, conversion(), 0, false);
    return new FileShape(request, columns, bytes);
  }

  /// An empty field is NULL, a short row is filled up.
  private static Conversion conversion() {
    return new Conversion(
        Optional.empty(),
        false,
        true,
        true,
        true,
        false,
        false,
        false,
        Optional.empty(),
        false,
        "auto",
        "auto");
  }

  private byte[] head(Reading reading) {
    try (InputStream in = ChunkReader.open(first, reading)) {
      return in.readNBytes(SAMPLE_BYTES);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private SqlException unreadable(IOException e) {
    return new SqlException(
        SqlState.IO_ERROR, "could not read \"" + origin.location() + "\": " + e.getMessage(), e);
  }
}
