package io.redward.load.parquet;

import io.redward.load.columnar.SourceColumn;
import io.redward.load.columnar.SourceColumn.Form;
import io.redward.load.columnar.SourceColumn.Meaning;
import java.util.List;

/// A field of a file's rows: a column, or several that are its members or elements.
///
/// @param first index of its first column in the file
/// @param columns what it consists of, depth first
record ParquetField(String name, Shape shape, int first, List<ParquetColumn> columns) {

  /// How the columns of a field belong together. What is there only from a definition level on is
  /// NULL below it; `leaf` is the first of its columns.
  sealed interface Shape {
    int definition();

    int leaf();

    /// A value of a column.
    record Value(int definition, int leaf) implements Shape {}

    /// Named members.
    record Members(int definition, int leaf, List<String> names, List<Shape> parts)
        implements Shape {}

    /// Elements.
    ///
    /// @param filled the definition level from which on there is at least one
    /// @param repetition the level of elements after the first
    record Elements(int definition, int leaf, int filled, int repetition, Shape element)
        implements Shape {}

    /// Keys with values.
    record Entries(int definition, int leaf, int filled, int repetition, Shape key, Shape value)
        implements Shape {}
  }

  /// Whether it is one column with at most one value a row.
  boolean isFlat() {
    return shape instanceof Shape.Value;
  }

  /// What its values are once they are decoded, or put together.
  SourceColumn source() {
    if (isFlat()) {
      return columns.getFirst().source();
    }
    String description =
        switch (shape) {
          case Shape.Value _ -> "value";
          case Shape.Members _ -> "struct";
          case Shape.Elements _ -> "list";
          case Shape.Entries _ -> "map";
        };
    return new SourceColumn(name, Form.BYTES, Meaning.NESTED, 0, description);
  }
}
