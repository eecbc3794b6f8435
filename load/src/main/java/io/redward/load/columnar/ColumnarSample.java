package io.redward.load.columnar;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.load.columnar.SourceColumn.Form;
import io.redward.spi.FileShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The columns of a file as those of a table.
public final class ColumnarSample {
  private static final int INT_DIGITS = 9;
  private static final int LONG_DIGITS = 18;
  private static final int UUID_CHARACTERS = 36;

  private ColumnarSample() {}

  public static List<FileShape.Column> columns(ColumnarFile file) {
    List<FileShape.Column> columns = new ArrayList<>();
    for (SourceColumn column : file.columns()) {
      String name = column.name().toLowerCase(Locale.ROOT);
      columns.add(new FileShape.Column(name, type(file, column)));
    }
    return columns;
  }

  private static SqlType type(ColumnarFile file, SourceColumn column) {
    int scale = column.scale();
    return switch (column.meaning()) {
      case BOOLEAN -> SqlType.BOOLEAN;
      case INTEGER -> column.form() == Form.INT ? SqlType.INTEGER : SqlType.BIGINT;
      case UNSIGNED -> SqlType.BIGINT;
      case DECIMAL -> SqlType.decimal(Math.max(digits(column), scale), scale);
      case FLOATING -> column.form() == Form.FLOAT ? SqlType.REAL : SqlType.DOUBLE;
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
                  + file.name().name()
                  + "\" has a type that is not supported: "
                  + column.description());
    };
  }

  private static int digits(SourceColumn column) {
    return switch (column.form()) {
      case INT -> INT_DIGITS;
      case LONG -> LONG_DIGITS;
      default -> SqlType.MAX_DECIMAL_PRECISION;
    };
  }
}
