package io.redward.load.columnar;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.load.columnar.SourceColumn.Meaning;
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

/// The parts of the files of one load, handed out to workers one by one.
public final class ColumnarLoad implements AutoCloseable {
  private record Task(ColumnarFile file, Path path, int part) {}

  /// What has been loaded.
  public record Part(Path file, long rows) {}

  private final LoadTarget target;
  private final Conversion conversion;
  private final boolean serialize;
  private final List<ColumnarFile> files = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private int next;
  private long bytesHandedOut;

  /// Opens the files and checks their schemas against the table's columns.
  ///
  /// @param open opens a file
  /// @param serialize whether nested fields go into SUPER columns
  public ColumnarLoad(
      List<Path> paths,
      Function<Path, ColumnarFile> open,
      LoadTarget target,
      Conversion conversion,
      boolean serialize) {
    this.target = target;
    this.serialize = serialize;
    this.conversion = conversion;
    boolean whole = false;
    try {
      for (Path path : paths) {
        ColumnarFile file = open.apply(path);
        files.add(file);
        converters(file);
        for (int part = 0; part < file.parts(); part++) {
          tasks.add(new Task(file, path, part));
        }
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
    return files.stream().mapToLong(ColumnarFile::size).sum();
  }

  /// Bytes of the parts that workers have taken, at most those of the files.
  public synchronized long bytesHandedOut() {
    return Math.min(bytesHandedOut, bytes());
  }

  /// Reads the next part and appends its rows; to be called by a worker until it is empty.
  ///
  /// @return the part, or empty if there is none left
  public Optional<Part> loadNext(RowAppender appender, CancelToken cancel) {
    Task task;
    synchronized (this) {
      if (next == tasks.size()) {
        return Optional.empty();
      }
      task = tasks.get(next++);
      bytesHandedOut += task.file.bytes(task.part);
    }
    List<FieldReader> readers = readers(task);
    Batch batch =
        new Batch(
            target.columns().stream().map(column -> column.type().physical()).toList(),
            ValueBuffer.SIZE);
    OtherColumns others = new OtherColumns(target);
    long rows = task.file.rows(task.part);
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
    return Optional.of(new Part(task.path, rows));
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
    try {
      return task.file.readers(task.part, converters(task.file));
    } catch (RuntimeException e) {
      throw task.file.name().explain(e);
    }
  }

  private List<ColumnConverter> converters(ColumnarFile file) {
    int expected = target.fields().size();
    int found = file.columns().size();
    if (expected != found) {
      throw file.name().unmatched(expected, found);
    }
    List<ColumnConverter> converters = new ArrayList<>();
    for (int i = 0; i < found; i++) {
      Column column = target.columns().get(target.fields().get(i));
      SourceColumn source = file.columns().get(i);
      if (source.meaning() == Meaning.NESTED && !serialize) {
        throw new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "column \"%s\" of file \"%s\" is nested: it is loaded with SERIALIZETOJSON only"
                    .formatted(source.name(), file.name().name()))
            .withHint("Add SERIALIZETOJSON, and load it into a SUPER column.");
      }
      converters.add(new ColumnConverter(file.name(), source, column, conversion));
    }
    return converters;
  }

  @Override
  public void close() {
    files.forEach(ColumnarFile::close);
  }
}
