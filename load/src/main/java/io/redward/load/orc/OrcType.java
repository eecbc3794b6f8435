package io.redward.load.orc;

import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.SourceColumn;
import io.redward.load.columnar.SourceColumn.Form;
import io.redward.load.columnar.SourceColumn.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A type of a file, which has one for each column and for what columns consist of.
///
/// @param children indices of the types it consists of
record OrcType(Kind kind, List<Integer> children, List<String> names, int precision, int scale) {
  private static final int LONG_DIGITS = 18;

  /// In the order of their numbers.
  enum Kind {
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    BINARY,
    TIMESTAMP,
    LIST,
    MAP,
    STRUCT,
    UNION,
    DECIMAL,
    DATE,
    VARCHAR,
    CHAR,
    TIMESTAMP_INSTANT
  }

  static OrcType read(ProtoReader in) {
    int kind = 0;
    List<Integer> children = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int precision = 38;
    int scale = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> kind = in.count();
        case 2 -> children.addAll(in.counts());
        case 3 -> names.add(in.text());
        case 5 -> precision = in.count();
        case 6 -> scale = in.count();
        default -> in.skip();
      }
    }
    if (kind >= Kind.values().length || scale > 38) {
      throw new MalformedFile("it has a type of kind " + kind);
    }
    return new OrcType(
        Kind.values()[kind], List.copyOf(children), List.copyOf(names), precision, scale);
  }

  /// What the values of a column of this type are once they are decoded.
  SourceColumn source(String name) {
    return switch (kind) {
      case BOOLEAN -> column(name, Form.LONG, Meaning.BOOLEAN, 0);
      case BYTE, SHORT, INT -> column(name, Form.INT, Meaning.INTEGER, 0);
      case LONG -> column(name, Form.LONG, Meaning.INTEGER, 0);
      case FLOAT -> column(name, Form.FLOAT, Meaning.FLOATING, 0);
      case DOUBLE -> column(name, Form.DOUBLE, Meaning.FLOATING, 0);
      case STRING, VARCHAR, CHAR -> column(name, Form.BYTES, Meaning.STRING, 0);
      case BINARY -> column(name, Form.BYTES, Meaning.BINARY, 0);
      case TIMESTAMP, TIMESTAMP_INSTANT -> column(name, Form.LONG, Meaning.TIMESTAMP, 6);
      case DATE -> column(name, Form.INT, Meaning.DATE, 0);
      case DECIMAL ->
          column(name, precision <= LONG_DIGITS ? Form.LONG : Form.BYTES, Meaning.DECIMAL, scale);
      case LIST, MAP, STRUCT -> column(name, Form.BYTES, Meaning.NESTED, 0);
      case UNION -> column(name, Form.BYTES, Meaning.OTHER, 0);
    };
  }

  private SourceColumn column(String name, Form form, Meaning meaning, int scale) {
    String description = kind.name().toLowerCase(Locale.ROOT);
    return new SourceColumn(
        name,
        form,
        meaning,
        scale,
        kind == Kind.DECIMAL ? "decimal(%d,%d)".formatted(precision, scale) : description);
  }
}
