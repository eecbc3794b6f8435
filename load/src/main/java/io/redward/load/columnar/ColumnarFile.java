package io.redward.load.columnar;

import java.util.List;

/// An open file that keeps columns apart, in parts that workers can read side by side. Safe for
/// several threads.
public interface ColumnarFile extends AutoCloseable {
  SourceFile name();

  long size();

  /// What its rows consist of.
  List<SourceColumn> columns();

  int parts();

  long rows(int part);

  long bytes(int part);

  /// Readers of all columns of a part.
  ///
  /// @param converters of the columns
  List<FieldReader> readers(int part, List<ColumnConverter> converters);

  @Override
  void close();
}
