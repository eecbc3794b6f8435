package io.redward.load.parquet;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.load.columnar.ColumnConverter;
import io.redward.load.columnar.ValueBuffer;
import io.redward.load.format.OtherColumns;
import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.LoadTarget;
import io.redward.spi.LoadTarget.Column;
import io.redward.storage.table.RowAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;

/// The row groups of the files of one load, handed out to workers one by one.
public final class ParquetLoad implements AutoCloseable {
  private record Task(ParquetFile file, RowGroup group) {}

  private final LoadTarget target;
  private final Conversion conversion;
  private final boolean serialize;
  private final List<ParquetFile> files = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private int next;
  private long bytesHandedOut;

  /// Opens the files and checks their schemas against the table's columns.
  ///
  /// @param shown what users call a file
  /// @param serialize whether nested fields go into SUPER columns
  public ParquetLoad(
      List<Path> paths,
      Function<Path, String> shown,
      LoadTarget target,
      Conversion conversion,
      boolean serialize) {
    this.target = target;
    this.serialize = serialize;
    this.conversion = conversion;
    boolean whole = false;
    try {
      for (Path path : paths) {
        ParquetFile file = ParquetFile.open(path, shown.apply(path));
        files.add(file);
        converters(file);
        file.rowGroups().forEach(group -> tasks.add(new Task(file, group)));
      }
      whole = true;
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  /// Bytes of all files.
  public long bytes() {
    return files.stream().mapToLong(ParquetFile::size).sum();
  }

  /// Bytes of the row groups that workers have taken, at most those of the files.
  public synchronized long bytesHandedOut() {
    return Math.min(bytesHandedOut, bytes());
  }

  /// Reads the next row group and appends its rows; to be called by a worker until it is empty.
  ///
  /// @return the number of rows, or empty if there is no row group left
  public Optional<Long> loadNext(RowAppender appender, CancelToken cancel) {
    Task task;
    synchronized (this) {
      if (next == tasks.size()) {
        return Optional.empty();
      }
      task = tasks.get(next++);
      bytesHandedOut += task.group.getTotal_byte_size();
    }
    List<FieldReader> readers = readers(task);
    Batch batch =
        new Batch(
            target.columns().stream().map(column -> column.type().physical()).toList(),
            ValueBuffer.SIZE);
    OtherColumns others = new OtherColumns(target);
    long rows = task.group.getNum_rows();
    for (long done = 0; done < rows; ) {
      cancel.check();
      int count = (int) Math.min(ValueBuffer.SIZE, rows - done);
      batch.reset();
      fill(task, readers, batch, count);
      for (int row = 0; row < count; row++) {
        others.fill(batch, row);
      }
      batch.selectedCount = count;
      appender.append(batch);
      done += count;
    }
    return Optional.of(rows);
  }

  private void fill(Task task, List<FieldReader> readers, Batch batch, int count) {
    try {
      for (int i = 0; i < readers.size(); i++) {
        readers.get(i).read(batch.vectors[target.fields().get(i)], count);
      }
    } catch (RuntimeException e) {
      throw task.file.name().explain(e);
    }
  }

  private List<FieldReader> readers(Task task) {
    List<ColumnConverter> converters = converters(task.file);
    List<FieldReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < converters.size(); i++) {
        readers.add(reader(task, task.file.fields().get(i), converters.get(i)));
      }
    } catch (RuntimeException e) {
      throw task.file.name().explain(e);
    }
    return readers;
  }

  private static FieldReader reader(Task task, ParquetField field, ColumnConverter converter) {
    List<PageReader> pages = new ArrayList<>();
    for (int i = 0; i < field.columns().size(); i++) {
      ColumnChunk chunk = ParquetFile.columns(task.group).get(field.first() + i);
      pages.add(new PageReader(task.file, field.columns().get(i), chunk));
    }
    if (field.isFlat()) {
      return new ColumnReader(pages.getFirst(), field.columns().getFirst(), converter);
    }
    List<LeafCursor> leaves = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      leaves.add(new LeafCursor(pages.get(i), field.columns().get(i)));
    }
    return new NestedReader(field.shape(), leaves, converter);
  }

  private List<ColumnConverter> converters(ParquetFile file) {
    int expected = target.fields().size();
    int found = file.fields().size();
    if (expected != found) {
      throw file.name().unmatched(expected, found);
    }
    List<ColumnConverter> converters = new ArrayList<>();
    for (int i = 0; i < found; i++) {
      Column column = target.columns().get(target.fields().get(i));
      ParquetField field = file.fields().get(i);
      if (!field.isFlat() && !serialize) {
        throw new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "column \"%s\" of file \"%s\" is nested: it is loaded with SERIALIZETOJSON only"
                    .formatted(field.name(), file.name().name()))
            .withHint("Add SERIALIZETOJSON, and load it into a SUPER column.");
      }
      converters.add(new ColumnConverter(file.name(), field.source(), column, conversion));
    }
    return converters;
  }

  @Override
  public void close() {
    files.forEach(ParquetFile::close);
  }
}
