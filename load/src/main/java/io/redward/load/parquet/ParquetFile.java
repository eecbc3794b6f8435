package io.redward.load.parquet;

import static io.redward.load.columnar.MalformedFile.required;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.columnar.ColumnConverter;
import io.redward.load.columnar.ColumnarFile;
import io.redward.load.columnar.FieldReader;
import io.redward.load.columnar.FileBytes;
import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.SourceColumn;
import io.redward.load.columnar.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import shaded.parquet.org.apache.thrift.TException;

/// An open file and its footer. Safe for several threads.
public final class ParquetFile implements ColumnarFile {
  private static final int MAGIC = 0x31_52_41_50;
  private static final int ENCRYPTED_MAGIC = 0x45_52_41_50;
  private static final int MAGIC_BYTES = 4;
  private static final int TAIL_BYTES = 8;

  private final FileBytes contents;
  private final List<ParquetField> fields;
  private final List<ParquetColumn> columns;
  private final List<RowGroup> rowGroups;

  private ParquetFile(FileBytes contents) {
    this.contents = contents;
    FileMetaData footer = footer();
    this.fields = SchemaTree.fields(required(footer.getSchema(), "the schema"));
    this.columns = fields.stream().flatMap(field -> field.columns().stream()).toList();
    this.rowGroups = List.copyOf(footer.getRow_groups());
    for (RowGroup group : rowGroups) {
      check(group);
    }
  }

  /// Opens a file and reads its footer.
  ///
  /// @param shown what users call it
  public static ParquetFile open(Path path, String shown) {
    return FileBytes.open(path, new SourceFile(shown, "Parquet"), ParquetFile::new);
  }

  @Override
  public SourceFile name() {
    return contents.name();
  }

  @Override
  public long size() {
    return contents.size();
  }

  @Override
  public List<SourceColumn> columns() {
    return fields.stream().map(ParquetField::source).toList();
  }

  @Override
  public int parts() {
    return rowGroups.size();
  }

  @Override
  public long rows(int part) {
    return rowGroups.get(part).getNum_rows();
  }

  @Override
  public long bytes(int part) {
    return rowGroups.get(part).getTotal_byte_size();
  }

  @Override
  public List<FieldReader> readers(int part, List<ColumnConverter> converters) {
    List<FieldReader> readers = new ArrayList<>();
    for (int i = 0; i < converters.size(); i++) {
      readers.add(reader(rowGroups.get(part), fields.get(i), converters.get(i)));
    }
    return readers;
  }

  private FieldReader reader(RowGroup group, ParquetField field, ColumnConverter converter) {
    List<PageReader> pages = new ArrayList<>();
    for (int i = 0; i < field.columns().size(); i++) {
      ColumnChunk chunk = columns(group).get(field.first() + i);
      pages.add(new PageReader(this, field.columns().get(i), chunk));
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

  /// The bytes from `offset` on.
  byte[] read(long offset, long length) {
    return contents.read(offset, length);
  }

  private FileMetaData footer() {
    long size = contents.size();
    if (size < MAGIC_BYTES + TAIL_BYTES) {
      throw new MalformedFile("it is too short");
    }
    ByteReader tail = new ByteReader(contents.read(size - TAIL_BYTES, TAIL_BYTES), 0, TAIL_BYTES);
    int length = tail.int32();
    int magic = tail.int32();
    if (magic == ENCRYPTED_MAGIC) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "file \"" + name().name() + "\" is encrypted");
    }
    if (magic != MAGIC) {
      throw new MalformedFile("it does not end with PAR1");
    }
    if (length <= 0 || length > size - TAIL_BYTES - MAGIC_BYTES) {
      throw new MalformedFile("its footer is said to have " + length + " bytes");
    }
    FileMetaData footer = new FileMetaData();
    try {
      ThriftBytes.read(contents.read(size - TAIL_BYTES - length, length), footer);
    } catch (TException e) {
      throw new MalformedFile("its footer cannot be read");
    }
    return footer;
  }

  private static List<ColumnChunk> columns(RowGroup group) {
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
                .formatted(described.getCodec(), name().name()));
      }
    }
  }

  @Override
  public void close() {
    contents.close();
  }
}
