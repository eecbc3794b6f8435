package io.redward.load.format;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.load.source.Chunk;
import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.LoadTarget;
import io.redward.spi.LoadTarget.Column;
import io.redward.storage.table.RowAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Collects converted rows in a batch of all the table's columns and appends the batch when it is
/// full or its chunk ends. One a worker.
public final class RowBatches implements RowSink {
  private static final int ROWS = 4096;

  /// Hears of bad rows, and of values that were mended.
  public interface Rejections {
    /// @param column index of the offending column, or -1
    void rejected(Place place, int column, int fieldFrom, int fieldTo, FieldProblem problem);

    /// Bytes of a value that are not UTF-8 were replaced.
    void replaced(Place place, int column, int fieldFrom, int fieldTo);
  }

  /// A row in its chunk.
  public record Place(Chunk chunk, int from, int to) {}

  /// What is wrong with a field or row.
  public record FieldProblem(int code, String reason) {}

  private final LoadTarget target;
  private final Conversion conversion;
  private final RowAppender appender;
  private final Rejections rejections;
  private final int[] fields;
  private final FieldConverter[] converters;
  private final Batch batch;
  private final boolean[] loaded;
  private final boolean[] strings;
  private final OtherColumns others;
  private final byte[] nullMarker;
  private byte[] pageOfBatch = new byte[0];
  private Chunk chunk;
  private int from;
  private int to;
  private boolean bad;
  private long rows;

  public RowBatches(
      LoadTarget target, Conversion conversion, RowAppender appender, Rejections rejections) {
    this.target = target;
    this.conversion = conversion;
    this.appender = appender;
    this.rejections = rejections;
    this.fields = target.fields().stream().mapToInt(Integer::intValue).toArray();
    this.others = new OtherColumns(target);
    this.nullMarker = conversion.nullAs().orElse("\\N").getBytes(StandardCharsets.UTF_8);
    this.loaded = new boolean[target.columns().size()];
    this.converters = new FieldConverter[target.columns().size()];
    for (int field : fields) {
      loaded[field] = true;
      converters[field] = new FieldConverter(target.columns().get(field).type(), conversion);
    }
    this.strings = new boolean[target.columns().size()];
    for (int column = 0; column < strings.length; column++) {
      strings[column] = target.columns().get(column).type().physical() == Physical.BYTES;
    }
    List<Physical> physicals =
        target.columns().stream().map(Column::type).map(SqlType::physical).toList();
    this.batch = new Batch(physicals, ROWS);
    this.chunk = new Chunk(Path.of(""), 0, pageOfBatch, 0);
  }

  /// Rows appended so far.
  public long rows() {
    return rows;
  }

  @Override
  public void begin(Chunk chunk, int from, int to) {
    if (pageOfBatch != chunk.bytes()) {
      flush();
      pageOfBatch = chunk.bytes();
    }
    this.chunk = chunk;
    this.from = from;
    this.to = to;
    bad = false;
  }

  @Override
  public void field(int index, byte[] bytes, int offset, int length, boolean quoted) {
    if (bad || index >= fields.length) {
      return;
    }
    int column = fields[index];
    try {
      if (length < 0 || isNull(column, bytes, offset, length, quoted)) {
        setNull(column);
      } else {
        FieldConverter converter = converters[column];
        converter.convert(bytes, offset, length, batch.vectors[column], row());
        if (converter.hasReplaced()) {
          rejections.replaced(new Place(chunk, from, to), column, offset, offset + length);
        }
      }
    } catch (FieldError e) {
      if (e.isTemporal() && conversion.acceptAnyDate() && isNullable(column)) {
        setNull(column);
        return;
      }
      reject(column, offset, offset + Math.max(0, length), e.code(), e.reason());
    }
  }

  private int row() {
    return batch.selectedCount;
  }

  private boolean isNull(int column, byte[] bytes, int offset, int length, boolean quoted) {
    if (length == nullMarker.length
        && Arrays.equals(nullMarker, 0, length, bytes, offset, offset + length)) {
      return true;
    }
    boolean string = strings[column];
    if (length == 0) {
      return !string || conversion.emptyAsNull() && !quoted;
    }
    if (bytes[offset] > ' ') {
      return false;
    }
    return string && conversion.blanksAsNull() && isBlank(bytes, offset, length)
        || !string && isBlank(bytes, offset, length);
  }

  private static boolean isBlank(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private boolean isNullable(int column) {
    return target.columns().get(column).nullable();
  }

  private void setNull(int column) {
    if (!isNullable(column)) {
      throw new FieldError(FieldError.NOT_NULL, "Missing data for not-null field");
    }
    batch.vectors[column].setNull(row());
  }

  @Override
  public void end(int count, boolean delimiterFollows) {
    int given = count;
    if (!bad && delimiterFollows && given < fields.length) {
      field(given, pageOfBatch, to, 0, false);
      given++;
    }
    if (!bad && given > fields.length) {
      reject(-1, from, to, FieldError.EXTRA_COLUMNS, "Extra column(s) found");
    }
    while (!bad && given < fields.length) {
      if (!conversion.fillRecord()) {
        reject(fields[given], to, to, FieldError.MISSING_DELIMITER, "Delimiter not found");
        break;
      }
      field(given, pageOfBatch, to, 0, false);
      given++;
    }
    if (bad) {
      clearNulls();
      return;
    }
    others.fill(batch, row());
    batch.selectedCount++;
    rows++;
    if (batch.selectedCount == ROWS) {
      flush();
    }
  }

  /// A rejected row's place is used again, so what it marked null must be forgotten.
  private void clearNulls() {
    for (Vector vector : batch.vectors) {
      if (vector.hasNulls) {
        vector.validity[row() >> 6] |= 1L << row();
      }
    }
  }

  @Override
  public void reject(int code, String reason, int position) {
    reject(-1, position, to, code, reason);
    clearNulls();
  }

  private void reject(int column, int fieldFrom, int fieldTo, int code, String reason) {
    bad = true;
    rejections.rejected(
        new Place(chunk, from, to), column, fieldFrom, fieldTo, new FieldProblem(code, reason));
  }

  @Override
  public boolean rejected() {
    return bad;
  }

  /// Appends what is collected. To be called at the end of every chunk, whose bytes the rows point
  /// into.
  public void flush() {
    if (batch.selectedCount > 0) {
      CancelToken.checkCurrent();
      for (int column = 0; column < loaded.length; column++) {
        if (loaded[column] && batch.vectors[column] instanceof BytesVector bytes) {
          bytes.pages = new byte[][] {pageOfBatch};
        }
      }
      appender.append(batch);
    }
    batch.reset();
  }

  /// Seals what was appended.
  public long finish() {
    flush();
    return appender.finish();
  }

  /// Drops what was appended.
  public void abort() {
    appender.abort();
  }
}
