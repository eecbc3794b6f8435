package io.redward.load.parquet;

import static io.redward.load.columnar.MalformedFile.required;

import io.redward.load.columnar.MalformedFile;
import io.redward.load.parquet.ParquetColumn.Levels;
import io.redward.load.parquet.ParquetField.Shape;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/// Makes fields of a schema, which lists its elements depth first. Lists and maps are told by their
/// annotations and lose the groups that only make them so.
final class SchemaTree {
  private static final int MAX_DEPTH = 100;

  private final List<SchemaElement> elements;
  private final List<ParquetColumn> columns = new ArrayList<>();
  private int next = 1;
  private int depth;

  private SchemaTree(List<SchemaElement> elements) {
    this.elements = elements;
  }

  static List<ParquetField> fields(List<SchemaElement> schema) {
    if (schema.isEmpty()) {
      throw new MalformedFile("it has no schema");
    }
    SchemaTree tree = new SchemaTree(schema);
    List<ParquetField> fields = new ArrayList<>();
    int count = schema.getFirst().getNum_children();
    int first = 0;
    for (int i = 0; i < count; i++) {
      String name = required(tree.peek().getName(), "a column's name");
      tree.columns.clear();
      Shape shape = tree.node(new Levels(0, 0));
      fields.add(new ParquetField(name, shape, first, List.copyOf(tree.columns)));
      first += tree.columns.size();
    }
    if (tree.next != schema.size()) {
      throw new MalformedFile("its schema is not consistent");
    }
    return List.copyOf(fields);
  }

  private SchemaElement peek() {
    if (next >= elements.size()) {
      throw new MalformedFile("its schema is not consistent");
    }
    return elements.get(next);
  }

  /// The element that comes next, in a parent of these levels.
  private Shape node(Levels parent) {
    SchemaElement element = peek();
    FieldRepetitionType repetition = element.getRepetition_type();
    if (repetition == FieldRepetitionType.REPEATED) {
      Levels inside = repeated(parent);
      int leaf = columns.size();
      Shape item = body(inside);
      return new Shape.Elements(
          parent.definition(), leaf, inside.definition(), inside.repetition(), item);
    }
    boolean optional = repetition != FieldRepetitionType.REQUIRED;
    return body(optional ? new Levels(parent.definition() + 1, parent.repetition()) : parent);
  }

  private static Levels repeated(Levels parent) {
    return new Levels(parent.definition() + 1, parent.repetition() + 1);
  }

  /// The element that comes next, whose own repetition is in the levels.
  private Shape body(Levels levels) {
    SchemaElement element = peek();
    next++;
    int children = element.isSetNum_children() ? element.getNum_children() : 0;
    if (children == 0) {
      columns.add(ParquetColumn.of(element, levels));
      return new Shape.Value(levels.definition(), columns.size() - 1);
    }
    if (children < 0 || ++depth > MAX_DEPTH) {
      throw new MalformedFile("its schema is not consistent");
    }
    boolean single = children == 1 && peek().getRepetition_type() == FieldRepetitionType.REPEATED;
    Shape shape =
        single && isList(element)
            ? list(element, levels)
            : single && isMap(element) && peek().getNum_children() == 2
                ? map(levels)
                : members(levels, children);
    depth--;
    return shape;
  }

  private static boolean isList(SchemaElement element) {
    return element.getConverted_type() == ConvertedType.LIST
        || element.isSetLogicalType() && required(element.getLogicalType(), "a type").isSetLIST();
  }

  private static boolean isMap(SchemaElement element) {
    return element.getConverted_type() == ConvertedType.MAP
        || element.getConverted_type() == ConvertedType.MAP_KEY_VALUE
        || element.isSetLogicalType() && required(element.getLogicalType(), "a type").isSetMAP();
  }

  /// Files of old have no group between the list and its elements.
  private Shape list(SchemaElement list, Levels levels) {
    SchemaElement repeated = peek();
    Levels inside = repeated(levels);
    String name = required(repeated.getName(), "a column's name");
    boolean wrapped =
        repeated.getNum_children() == 1
            && !name.equals("array")
            && !name.equals(list.getName() + "_tuple");
    int leaf = columns.size();
    if (wrapped) {
      next++;
    }
    Shape element = wrapped ? node(inside) : body(inside);
    return new Shape.Elements(
        levels.definition(), leaf, inside.definition(), inside.repetition(), element);
  }

  private Shape map(Levels levels) {
    next++;
    Levels inside = repeated(levels);
    int leaf = columns.size();
    Shape key = node(inside);
    Shape value = node(inside);
    return new Shape.Entries(
        levels.definition(), leaf, inside.definition(), inside.repetition(), key, value);
  }

  private Shape members(Levels levels, int count) {
    int leaf = columns.size();
    List<String> names = new ArrayList<>();
    List<Shape> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(required(peek().getName(), "a column's name"));
      parts.add(node(levels));
    }
    return new Shape.Members(levels.definition(), leaf, List.copyOf(names), List.copyOf(parts));
  }
}
