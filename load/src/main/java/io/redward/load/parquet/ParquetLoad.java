package io.redward.load.parquet;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.load.format.OtherColumns;
import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.LoadTarget;
import io.redward.spi.LoadTarget.Column;
import io.redward.storage.table.RowAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.RowGroup;

/// The row groups of the files of one load, handed out to workers one by one.
public final class ParquetLoad implements AutoCloseable {
  private record Task(ParquetFile file, RowGroup group) {}

  private final LoadTarget target;
  private final Conversion conversion;
  private final List<ParquetFile> files = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private int next;
  private long bytesHandedOut;

  /// Opens the files and checks their schemas against the table's columns.
  public ParquetLoad(List<Path> paths, LoadTarget target, Conversion conversion) {
    this.target = target;
    this.conversion = conversion;
    boolean whole = false;
    try {
      for (Path path : paths) {
        ParquetFile file = ParquetFile.open(path);
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
    List<ColumnReader> readers = readers(task);
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

  private void fill(Task task, List<ColumnReader> readers, Batch batch, int count) {
    try {
      for (int i = 0; i < readers.size(); i++) {
        readers.get(i).read(batch.vectors[target.fields().get(i)], count);
      }
    } catch (RuntimeException e) {
      throw ParquetFile.explain(task.file.path(), e);
    }
  }

  private List<ColumnReader> readers(Task task) {
    List<ColumnConverter> converters = converters(task.file);
    List<ColumnReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < converters.size(); i++) {
        readers.add(
            new ColumnReader(
                task.file,
                task.file.columns().get(i),
                ParquetFile.columns(task.group).get(i),
                converters.get(i)));
      }
    } catch (RuntimeException e) {
      throw ParquetFile.explain(task.file.path(), e);
    }
    return readers;
  }

  private List<ColumnConverter> converters(ParquetFile file) {
    int expected = target.fields().size();
    int found = file.columns().size();
    if (expected != found) {
      throw new SqlException(
          SqlState.BAD_COPY_FILE_FORMAT,
          ("Unmatched number of columns between table and file. Table columns: %d,"
                  + " Data columns: %d, File name: %s")
              .formatted(expected, found, file.path()));
    }
    List<ColumnConverter> converters = new ArrayList<>();
    for (int i = 0; i < found; i++) {
      Column column = target.columns().get(target.fields().get(i));
      converters.add(new ColumnConverter(file.path(), file.columns().get(i), column, conversion));
    }
    return converters;
  }

  @Override
  public void close() {
    files.forEach(ParquetFile::close);
  }
}
