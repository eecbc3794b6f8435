package io.redward.load.parquet;

import static io.redward.load.parquet.MalformedFile.required;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import shaded.parquet.org.apache.thrift.TException;

/// An open file and its footer. Safe for several threads.
final class ParquetFile implements AutoCloseable {
  private static final int MAGIC = 0x31_52_41_50;
  private static final int ENCRYPTED_MAGIC = 0x45_52_41_50;
  private static final int MAGIC_BYTES = 4;
  private static final int TAIL_BYTES = 8;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private final List<ParquetColumn> columns;
  private final List<RowGroup> rowGroups;

  private ParquetFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    FileMetaData footer = footer();
    this.columns = columns(required(footer.getSchema(), "the schema"));
    this.rowGroups = List.copyOf(footer.getRow_groups());
    for (RowGroup group : rowGroups) {
      check(group);
    }
  }

  /// Opens a file and reads its footer.
  static ParquetFile open(Path path) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      boolean whole = false;
      try {
        ParquetFile file = new ParquetFile(path, channel);
        whole = true;
        return file;
      } finally {
        if (!whole) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    } catch (RuntimeException e) {
      throw explain(path, e);
    }
  }

  /// The error a user sees for whatever went wrong when reading a file.
  static SqlException explain(Path path, RuntimeException problem) {
    return switch (problem) {
      case SqlException sql -> sql;
      case MalformedFile malformed ->
          new SqlException(
              SqlState.DATA_CORRUPTED,
              "file \"" + path + "\" is not a valid Parquet file: " + malformed.problem());
      default ->
          new SqlException(
              SqlState.DATA_CORRUPTED,
              "file \"" + path + "\" is not a valid Parquet file: its structure is damaged",
              problem);
    };
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  List<ParquetColumn> columns() {
    return columns;
  }

  List<RowGroup> rowGroups() {
    return rowGroups;
  }

  /// The bytes from `offset` on.
  byte[] read(long offset, long length) {
    if (offset < 0 || length < 0 || length > size - offset || length > Integer.MAX_VALUE - 8) {
      throw new MalformedFile("it ends before what its footer describes");
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) length);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new MalformedFile("it has become shorter while being read");
        }
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return buffer.array();
  }

  private static SqlException unreadable(Path path, IOException problem) {
    return new SqlException(
        SqlState.IO_ERROR, "could not read \"" + path + "\": " + problem.getMessage(), problem);
  }

  private FileMetaData footer() {
    if (size < MAGIC_BYTES + TAIL_BYTES) {
      throw new MalformedFile("it is too short");
    }
    ByteReader tail = new ByteReader(read(size - TAIL_BYTES, TAIL_BYTES), 0, TAIL_BYTES);
    int length = tail.int32();
    int magic = tail.int32();
    if (magic == ENCRYPTED_MAGIC) {
      throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "file \"" + path + "\" is encrypted");
    }
    if (magic != MAGIC) {
      throw new MalformedFile("it does not end with PAR1");
    }
    if (length <= 0 || length > size - TAIL_BYTES - MAGIC_BYTES) {
      throw new MalformedFile("its footer is said to have " + length + " bytes");
    }
    FileMetaData footer = new FileMetaData();
    try {
      ThriftBytes.read(read(size - TAIL_BYTES - length, length), footer);
    } catch (TException e) {
      throw new MalformedFile("its footer cannot be read");
    }
    return footer;
  }

  private List<ParquetColumn> columns(List<SchemaElement> schema) {
    if (schema.isEmpty()) {
      throw new MalformedFile("it has no schema");
    }
    List<ParquetColumn> found = new ArrayList<>();
    for (SchemaElement element : schema.subList(1, schema.size())) {
      boolean nested = element.isSetNum_children() && element.getNum_children() > 0;
      if (nested || element.getRepetition_type() == FieldRepetitionType.REPEATED) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "COPY of nested Parquet columns is not supported: column \"%s\" of file \"%s\""
                .formatted(element.getName(), path));
      }
      found.add(ParquetColumn.of(element));
    }
    if (schema.getFirst().getNum_children() != found.size()) {
      throw new MalformedFile("its schema is not consistent");
    }
    return List.copyOf(found);
  }

  static List<ColumnChunk> columns(RowGroup group) {
    return required(group.getColumns(), "the columns of a row group");
  }

  private void check(RowGroup group) {
    if (group.getNum_rows() < 0 || group.getColumnsSize() != columns.size()) {
      throw new MalformedFile("a row group does not match the schema");
    }
    for (int i = 0; i < columns.size(); i++) {
      ColumnChunk chunk = columns(group).get(i);
      ColumnMetaData described = chunk.getMeta_data();
      ParquetColumn column = columns.get(i);
      if (described == null
          || chunk.isSetFile_path()
          || described.getType() != column.type()
          || described.getCodec() == null) {
        throw new MalformedFile("column \"" + column.name() + "\" is not described as it should");
      }
      if (!PageCodec.isSupported(described.getCodec())) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "COPY of Parquet files packed with %s is not supported: file \"%s\""
                .formatted(described.getCodec(), path));
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }
}
