package io.redward.load.orc;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;
import io.redward.load.columnar.ColumnConverter;
import io.redward.load.columnar.FieldReader;
import io.redward.load.columnar.JsonBytes;
import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.SourceColumn;
import io.redward.load.columnar.ValueBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a column of members, elements or entries of one stripe and puts its values together as
/// JSON.
final class OrcNestedReader implements FieldReader {
  private static final int MAX_DEPTH = 100;

  private final Part root;
  private final ColumnConverter converter;
  private final JsonBytes json = new JsonBytes();

  OrcNestedReader(OrcStreams streams, int column, ColumnConverter converter) {
    this.root = part(streams, column, "", 0);
    this.converter = converter;
  }

  /// What a value consists of.
  private sealed interface Part {
    boolean nextPresent();

    record Leaf(OrcColumn column, SourceColumn source, ValueBuffer value) implements Part {
      @Override
      public boolean nextPresent() {
        return column.nextPresent();
      }
    }

    record Members(@Nullable ByteRuns present, List<String> names, List<Part> parts)
        implements Part {
      @Override
      public boolean nextPresent() {
        return present == null || present.nextBit();
      }
    }

    record Elements(@Nullable ByteRuns present, IntegerRuns lengths, Part element) implements Part {
      @Override
      public boolean nextPresent() {
        return present == null || present.nextBit();
      }
    }

    record Entries(@Nullable ByteRuns present, IntegerRuns lengths, Part key, Part value)
        implements Part {
      @Override
      public boolean nextPresent() {
        return present == null || present.nextBit();
      }
    }
  }

  private static Part part(OrcStreams streams, int column, String name, int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedFile("its types are nested too deeply");
    }
    OrcType type = streams.type(column);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < type.children().size(); i++) {
      String child = i < type.names().size() ? type.names().get(i) : name;
      parts.add(part(streams, type.children().get(i), child, depth + 1));
    }
    return switch (type.kind()) {
      case STRUCT -> new Part.Members(streams.present(column), type.names(), parts);
      case LIST ->
          new Part.Elements(
              streams.present(column),
              streams.integers(column, OrcStripe.LENGTH, false),
              parts.getFirst());
      case MAP ->
          new Part.Entries(
              streams.present(column),
              streams.integers(column, OrcStripe.LENGTH, false),
              parts.getFirst(),
              parts.getLast());
      case UNION -> throw new MalformedFile("a union, which SUPER cannot hold");
      default -> {
        SourceColumn source = type.source(name);
        OrcColumn values = new OrcColumn(streams, column, source);
        yield new Part.Leaf(values, source, values.buffer(1));
      }
    };
  }

  @Override
  public void read(Vector out, int count) {
    BytesVector bytes = (BytesVector) out;
    for (int row = 0; row < count; row++) {
      if (!root.nextPresent()) {
        converter.requireNullable();
        out.setNull(row);
        continue;
      }
      json.clear();
      content(root);
      bytes.append(row, json.bytes(), 0, json.length());
    }
  }

  private void write(Part part) {
    if (part.nextPresent()) {
      content(part);
    } else {
      json.put("null");
    }
  }

  private void content(Part part) {
    switch (part) {
      case Part.Leaf leaf -> {
        leaf.column.decode(leaf.value, 1);
        json.value(leaf.source, leaf.value, 0);
      }
      case Part.Members members -> {
        json.put('{');
        for (int i = 0; i < members.parts.size(); i++) {
          if (i > 0) {
            json.put(',');
          }
          json.string(members.names.get(i));
          json.put(':');
          write(members.parts.get(i));
        }
        json.put('}');
      }
      case Part.Elements elements -> {
        json.put('[');
        long count = elements.lengths.next();
        for (long i = 0; i < count; i++) {
          if (i > 0) {
            json.put(',');
          }
          write(elements.element);
        }
        json.put(']');
      }
      case Part.Entries entries -> entries(entries);
    }
  }

  private void entries(Part.Entries entries) {
    json.put('{');
    long count = entries.lengths.next();
    for (long i = 0; i < count; i++) {
      if (i > 0) {
        json.put(',');
      }
      int from = json.length();
      write(entries.key);
      if (json.bytes()[from] != '"') {
        json.quoteFrom(from);
      }
      json.put(':');
      write(entries.value);
    }
    json.put('}');
  }
}
