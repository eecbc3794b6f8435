package io.redward.load.shapefile;

import io.redward.foundation.base.CancelToken;
import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.SourceFile;
import io.redward.load.format.RowBatches;
import io.redward.load.source.Chunk;
import io.redward.load.source.ChunkReader;
import io.redward.spi.CopyRequest;
import io.redward.spi.CopyRequest.Simplify;
import io.redward.spi.LoadIncident;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads rows of a shapefile: the geometry first, then the columns of the table beside it.
public final class ShapefileReader {
  private static final int TOO_LARGE = 1224;
  private static final int INVALID_SHAPE = 1225;
  private static final int PAGE_BYTES = 4 << 20;
  private static final int PAGE_ROWS = 2048;

  private final CopyRequest.Reading reading;
  private final Simplification simplification;
  private final int expected;
  private final Consumer<LoadIncident> incidents;
  private byte[] page = new byte[0];
  private int used;

  /// @param columns how many the table takes
  /// @param incidents hears of geometries that were to be simpler
  public ShapefileReader(
      CopyRequest.Reading reading,
      Simplify simplify,
      int columns,
      Consumer<LoadIncident> incidents) {
    this.reading = reading;
    this.simplification = new Simplification(simplify);
    this.expected = columns;
    this.incidents = incidents;
  }

  /// Whether a name is that of a file of geometries.
  public static boolean isShapes(String name) {
    return name.endsWith(".shp") || name.endsWith(".shp.gz");
  }

  /// The name of the file with the other columns of such a file.
  public static String beside(String shapes) {
    int ending = shapes.lastIndexOf(".shp");
    return shapes.substring(0, ending) + ".dbf" + shapes.substring(ending + ".shp".length());
  }

  /// Text in which each record's number is that of a line.
  public static InputStream lines() {
    return new InputStream() {
      @Override
      public int read() {
        return '\n';
      }
    };
  }

  /// @param shown what users call the file
  public void parse(Path shapes, Path table, String shown, RowBatches sink, CancelToken cancel)
      throws IOException {
    SourceFile named = new SourceFile(shown, "shapefile");
    try (ShapeStream geometries = new ShapeStream(open(shapes));
        DbfStream rows = new DbfStream(open(table))) {
      if (rows.fieldCount() + 1 != expected) {
        throw named.unmatched(expected, rows.fieldCount() + 1);
      }
      int number = 0;
      for (Optional<byte[]> record = geometries.next();
          record.isPresent();
          record = geometries.next()) {
        rows.next();
        if (number % PAGE_ROWS == 0 || used > PAGE_BYTES) {
          cancel.check();
          sink.flush();
          page = new byte[PAGE_BYTES];
          used = 0;
        }
        if (!rows.isDeleted()) {
          row(shapes, number, record.get(), rows, sink);
        }
        number++;
      }
      sink.flush();
    } catch (MalformedFile e) {
      throw named.explain(e);
    }
  }

  private void row(Path file, int number, byte[] record, DbfStream rows, RowBatches sink) {
    int start = used;
    int[] ends = new int[expected];
    byte[] geometry = new byte[0];
    int problem = 0;
    String reason = "";
    try {
      geometry = ShapeStream.isNull(record) ? geometry : simplified(number, Shape.of(record));
      if (geometry.length > Simplification.MOST_BYTES) {
        problem = TOO_LARGE;
        reason =
            "Geometry size: %d is larger than maximum supported size: %d"
                .formatted(geometry.length, Simplification.MOST_BYTES);
        geometry = new byte[0];
      }
    } catch (RuntimeException e) {
      problem = INVALID_SHAPE;
      reason = "Invalid shape: " + e.getMessage();
    }
    append(HexFormat.of().formatHex(geometry).getBytes(StandardCharsets.US_ASCII));
    ends[0] = used;
    for (int field = 1; field < expected; field++) {
      append(rows.text(field - 1));
      ends[field] = used;
    }
    sink.begin(new Chunk(file, number - start, page, used), start, used);
    if (problem != 0) {
      sink.reject(problem, reason, start);
      return;
    }
    int from = start;
    for (int field = 0; field < expected; field++) {
      sink.field(field, page, from, ends[field] == from ? -1 : ends[field] - from, true);
      from = ends[field];
    }
    sink.end(expected, false);
  }

  private byte[] simplified(int number, Shape shape) {
    Simplification.Result result = simplification.of(shape);
    if (result.asked()) {
      incidents.accept(
          new LoadIncident.Simplified(
              number + 1L,
              simplification.limit(),
              result.before(),
              result.wkb().length < result.before(),
              result.wkb().length,
              result.tolerance()));
    }
    return result.wkb();
  }

  /// Copies a value behind the others of its row; a row may make its page grow.
  private void append(byte[] bytes) {
    if (page.length - used < bytes.length) {
      page = Arrays.copyOf(page, Math.max(page.length * 2, used + bytes.length));
    }
    System.arraycopy(bytes, 0, page, used, bytes.length);
    used += bytes.length;
  }

  private InputStream open(Path file) throws IOException {
    return new BufferedInputStream(ChunkReader.open(file, reading));
  }
}
