package io.redward.functions.sandbox;

import io.redward.foundation.types.SqlType;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;

/// How a function sees the values of an SQL type.
///
/// @param plain the Java type where there is no NULL
/// @param boxed the Java type where there may be one
/// @param reader the method of [JavaCode] that reads an argument
record JavaType(ClassDesc plain, ClassDesc boxed, String reader) {

  static Optional<JavaType> of(SqlType type) {
    return Optional.ofNullable(
        switch (type.kind()) {
          case BOOLEAN ->
              new JavaType(ConstantDescs.CD_boolean, ConstantDescs.CD_Boolean, "readBoolean");
          case SMALLINT, INTEGER ->
              new JavaType(ConstantDescs.CD_int, ConstantDescs.CD_Integer, "readInt");
          case BIGINT -> new JavaType(ConstantDescs.CD_long, ConstantDescs.CD_Long, "readLong");
          case REAL, DOUBLE ->
              new JavaType(ConstantDescs.CD_double, ConstantDescs.CD_Double, "readDouble");
          case DECIMAL -> object(BigDecimal.class, "readDecimal");
          case CHAR, VARCHAR, TEXT, NAME -> object(String.class, "readString");
          case DATE -> object(LocalDate.class, "readDate");
          case TIME -> object(LocalTime.class, "readTime");
          case TIMESTAMP -> object(LocalDateTime.class, "readTimestamp");
          case TIMESTAMPTZ -> object(OffsetDateTime.class, "readInstant");
          case VARBYTE -> object(byte[].class, "readBytes");
          default -> null;
        });
  }

  private static JavaType object(Class<?> type, String reader) {
    ClassDesc desc = type.describeConstable().orElseThrow();
    return new JavaType(desc, desc, reader);
  }

  /// As source text writes it.
  static String text(ClassDesc type) {
    return type.displayName();
  }
}
