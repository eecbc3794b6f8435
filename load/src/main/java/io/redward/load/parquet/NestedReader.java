package io.redward.load.parquet;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;
import io.redward.load.columnar.ColumnConverter;
import io.redward.load.columnar.FieldReader;
import io.redward.load.columnar.JsonBytes;
import io.redward.load.parquet.ParquetField.Shape;
import java.util.List;

/// Reads a field of several columns of one row group and puts its values together as JSON.
final class NestedReader implements FieldReader {
  private final Shape shape;
  private final List<LeafCursor> leaves;
  private final ColumnConverter converter;
  private final JsonBytes json = new JsonBytes();

  NestedReader(Shape shape, List<LeafCursor> leaves, ColumnConverter converter) {
    this.shape = shape;
    this.leaves = leaves;
    this.converter = converter;
  }

  @Override
  public void read(Vector out, int count) {
    BytesVector bytes = (BytesVector) out;
    for (int row = 0; row < count; row++) {
      if (leaves.get(shape.leaf()).definition() < shape.definition()) {
        skip(shape);
        converter.requireNullable();
        out.setNull(row);
        continue;
      }
      json.clear();
      write(shape);
      bytes.append(row, json.bytes(), 0, json.length());
    }
  }

  private void write(Shape part) {
    LeafCursor first = leaves.get(part.leaf());
    if (first.definition() < part.definition()) {
      json.put("null");
      skip(part);
      return;
    }
    switch (part) {
      case Shape.Value _ -> {
        first.write(json);
        first.advance();
      }
      case Shape.Members members -> members(members);
      case Shape.Elements elements -> elements(elements, first);
      case Shape.Entries entries -> entries(entries, first);
    }
  }

  private void members(Shape.Members members) {
    json.put('{');
    for (int i = 0; i < members.parts().size(); i++) {
      if (i > 0) {
        json.put(',');
      }
      json.string(members.names().get(i));
      json.put(':');
      write(members.parts().get(i));
    }
    json.put('}');
  }

  private void elements(Shape.Elements elements, LeafCursor first) {
    if (first.definition() < elements.filled()) {
      json.put("[]");
      skip(elements);
      return;
    }
    char before = '[';
    do {
      json.put(before);
      before = ',';
      write(elements.element());
    } while (first.repetition() == elements.repetition());
    json.put(']');
  }

  private void entries(Shape.Entries entries, LeafCursor first) {
    if (first.definition() < entries.filled()) {
      json.put("{}");
      skip(entries);
      return;
    }
    char before = '{';
    do {
      json.put(before);
      before = ',';
      if (entries.key() instanceof Shape.Value key && first.definition() == key.definition()) {
        first.writeName(json);
        first.advance();
      } else {
        int from = json.length();
        write(entries.key());
        json.quoteFrom(from);
      }
      json.put(':');
      write(entries.value());
    } while (first.repetition() == entries.repetition());
    json.put('}');
  }

  /// Passes over what is not there: one place in each column.
  private void skip(Shape part) {
    switch (part) {
      case Shape.Value value -> leaves.get(value.leaf()).advance();
      case Shape.Members members -> members.parts().forEach(this::skip);
      case Shape.Elements elements -> skip(elements.element());
      case Shape.Entries entries -> {
        skip(entries.key());
        skip(entries.value());
      }
    }
  }
}
