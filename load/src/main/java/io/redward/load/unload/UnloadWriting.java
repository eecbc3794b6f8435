package io.redward.load.unload;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.files.FileTree;
import io.redward.spi.UnloadRequest;
import io.redward.spi.UnloadRequest.Format;
import io.redward.spi.Unloader.Column;
import io.redward.spi.Unloader.Writing;
import io.redward.spi.Unloader.Written;
import io.redward.spi.ValueText;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One UNLOAD: rows go to the open file of their partition, which is put to its place when it is
/// full and in the end.
final class UnloadWriting implements Writing {
  /// Partitions beyond this many would keep too many files open.
  private static final int MAX_PARTITIONS = 2_000;

  private final UnloadRequest request;
  private final List<Column> columns;
  private final Destination destination;
  private final ValueText text;
  private final RowFormat.Fields fields;
  private final Map<String, Partition> partitions = new LinkedHashMap<>();
  private final List<Written> written = new ArrayList<>();
  private final Path temporary;
  private int files;

  private static final class Partition {
    private int parts;
    private @Nullable RowFile open;
  }

  UnloadWriting(
      UnloadRequest request, List<Column> columns, Destination destination, ValueText text) {
    this.request = request;
    this.columns = columns;
    this.destination = destination;
    this.text = text;
    fields = fields(request.layout(), columns);
    try {
      temporary = Files.createTempDirectory("redward-unload-");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static RowFormat.Fields fields(UnloadRequest.Layout layout, List<Column> columns) {
    List<Column> kept = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (layout.partitionsInFiles() || !layout.partitionColumns().contains(i)) {
        kept.add(columns.get(i));
        indexes.add(i);
      }
    }
    return new RowFormat.Fields(kept, indexes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public void rows(Batch batch) {
    try {
      for (int i = 0; i < batch.selectedCount; i++) {
        int at = batch.row(i);
        String folder = request.layout().partitionColumns().isEmpty() ? "" : folder(batch, at);
        Partition partition = partition(folder);
        RowFile file = open(partition);
        file.add(batch, at);
        if (file.bytes() >= request.layout().maxFileBytes()) {
          end(folder, partition);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Partition partition(String folder) {
    Partition partition = partitions.get(folder);
    if (partition == null) {
      if (partitions.size() == MAX_PARTITIONS) {
        throw new SqlException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "UNLOAD writes at most " + MAX_PARTITIONS + " partitions at a time")
            .withHint("Unload parts of the rows, or partition by fewer columns.");
      }
      partition = new Partition();
      partitions.put(folder, partition);
    }
    return partition;
  }

  private RowFile open(Partition partition) throws IOException {
    RowFile file = partition.open;
    if (file == null) {
      file = create(temporary.resolve(Integer.toString(files++)));
      partition.open = file;
    }
    return file;
  }

  private RowFile create(Path path) throws IOException {
    return switch (request.format()) {
      case Format.Delimited delimited -> textFile(path, new DelimitedFormat(delimited));
      case Format.Csv csv -> textFile(path, new CsvFormat(csv));
      case Format.FixedWidth fixed -> textFile(path, new FixedWidthFormat(fixed));
      case Format.Json _ -> textFile(path, new JsonFormat());
      case Format.Parquet parquet -> new ParquetOutput(path, fields, text, parquet.rowGroupBytes());
    };
  }

  private RowFile textFile(Path path, RowFormat format) throws IOException {
    TextFile file = new TextFile(path, request.compression(), format, fields, text);
    if (request.header()) {
      file.addHeader();
    }
    return file;
  }

  private String folder(Batch batch, int at) {
    StringBuilder folder = new StringBuilder();
    for (int column : request.layout().partitionColumns()) {
      Vector vector = batch.vectors[column];
      String value = "__HIVE_DEFAULT_PARTITION__";
      if (!vector.isNull(at)) {
        int length = text.put(columns.get(column).type(), vector, at);
        String plain = new String(text.bytes(), 0, length, StandardCharsets.UTF_8);
        value = URLEncoder.encode(plain, StandardCharsets.UTF_8).replace("+", "%20");
      }
      folder.append(columns.get(column).name()).append('=').append(value).append('/');
    }
    return folder.toString();
  }

  /// Puts the partition's open file to its place.
  private void end(String folder, Partition partition) throws IOException {
    RowFile file = partition.open;
    if (file == null) {
      return;
    }
    partition.open = null;
    file.close();
    String name = folder + name(partition.parts++);
    long length = destination.put(name, file.path());
    written.add(new Written(destination.url(name), length, file.rows()));
    Files.delete(file.path());
  }

  private String name(int part) {
    String number =
        request.layout().parallel()
            ? String.format(Locale.ROOT, "0000_part_%02d", part)
            : String.format(Locale.ROOT, "%03d", part);
    String ending =
        switch (request.compression()) {
          case NONE -> request.format() instanceof Format.Parquet ? ".parquet" : "";
          case GZIP -> ".gz";
          case BZIP2 -> ".bz2";
          case ZSTD -> ".zst";
          case LZOP -> ".lzo";
        };
    return number + request.layout().extension().map(e -> "." + e).orElse(ending);
  }

  @Override
  public List<Written> finish() {
    try {
      if (partitions.isEmpty() && request.layout().partitionColumns().isEmpty()) {
        open(partition(""));
      }
      for (Map.Entry<String, Partition> partition : partitions.entrySet()) {
        end(partition.getKey(), partition.getValue());
      }
      if (request.manifest() != UnloadRequest.Manifest.NONE) {
        Path file = temporary.resolve("manifest");
        boolean verbose = request.manifest() == UnloadRequest.Manifest.VERBOSE;
        Files.writeString(file, UnloadManifest.text(columns, written, verbose));
        destination.put("manifest", file);
      }
      return List.copyOf(written);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      for (Partition partition : partitions.values()) {
        RowFile file = partition.open;
        if (file != null) {
          file.close();
        }
      }
      FileTree.delete(temporary);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      destination.close();
    }
  }

  private static SqlException failed(IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    return new SqlException(
        reason.contains("No space left") ? SqlState.DISK_FULL : SqlState.IO_ERROR,
        "could not write the files of UNLOAD: " + reason,
        cause);
  }
}
