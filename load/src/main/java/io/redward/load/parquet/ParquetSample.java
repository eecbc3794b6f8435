package io.redward.load.parquet;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.spi.FileShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.format.Type;

/// The columns that the footer of a Parquet file describes.
public final class ParquetSample {
  private static final int INT_DIGITS = 9;
  private static final int LONG_DIGITS = 18;
  private static final int UUID_CHARACTERS = 36;

  private ParquetSample() {}

  public static List<FileShape.Column> columns(Path path) {
    try (ParquetFile file = ParquetFile.open(path, path.toString())) {
      List<FileShape.Column> columns = new ArrayList<>();
      for (ParquetField field : file.fields()) {
        String name = field.name().toLowerCase(Locale.ROOT);
        columns.add(new FileShape.Column(name, type(path, field)));
      }
      return columns;
    }
  }

  private static SqlType type(Path path, ParquetField field) {
    if (!field.isFlat()) {
      return SqlType.of(TypeKind.SUPER);
    }
    ParquetColumn column = field.columns().getFirst();
    int scale = column.source().scale();
    return switch (column.source().meaning()) {
      case BOOLEAN -> SqlType.BOOLEAN;
      case INTEGER -> column.type() == Type.INT32 ? SqlType.INTEGER : SqlType.BIGINT;
      case UNSIGNED -> SqlType.BIGINT;
      case DECIMAL -> SqlType.decimal(Math.max(digits(column), scale), scale);
      case FLOATING -> column.type() == Type.FLOAT ? SqlType.REAL : SqlType.DOUBLE;
      case DATE -> SqlType.DATE;
      case TIME -> SqlType.TIME;
      case TIMESTAMP -> SqlType.TIMESTAMP;
      case STRING -> SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
      case JSON, NESTED -> SqlType.of(TypeKind.SUPER);
      case UUID -> SqlType.varchar(UUID_CHARACTERS);
      case BINARY -> new SqlType(TypeKind.VARBYTE, SqlType.MAX_VARCHAR_BYTES, 0);
      case OTHER ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "column \""
                  + column.name()
                  + "\" of file \""
                  + path
                  + "\" has a type that is not supported: "
                  + column.source().description());
    };
  }

  private static int digits(ParquetColumn column) {
    return switch (column.type()) {
      case INT32 -> INT_DIGITS;
      case INT64 -> LONG_DIGITS;
      default -> SqlType.MAX_DECIMAL_PRECISION;
    };
  }
}
