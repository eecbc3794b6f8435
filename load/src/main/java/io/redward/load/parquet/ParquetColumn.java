package io.redward.load.parquet;

import static io.redward.load.columnar.MalformedFile.required;

import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.SourceColumn;
import io.redward.load.columnar.SourceColumn.Form;
import io.redward.load.columnar.SourceColumn.Meaning;
import io.redward.load.columnar.ValueBuffer;
import java.util.Locale;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/// A column of a file.
///
/// @param width bytes of a value in PLAIN; for BYTE_ARRAY, the least bytes of one
/// @param source what its values are once they are decoded
record ParquetColumn(Type type, int width, Levels levels, SourceColumn source) {

  /// The greatest definition and repetition levels of a column: how many of the fields on the way
  /// to a value may be missing or repeated, and how many may be repeated.
  record Levels(int definition, int repetition) {}

  private record Sense(Meaning meaning, int scale) {
    static Sense of(Meaning meaning) {
      return new Sense(meaning, 0);
    }
  }

  String name() {
    return source.name();
  }

  ValueBuffer buffer(int size) {
    return new ValueBuffer(source.form(), size);
  }

  /// The column an element of a schema describes.
  static ParquetColumn of(SchemaElement element, Levels levels) {
    if (element.getType() == null) {
      throw new MalformedFile("column \"" + element.getName() + "\" has no type");
    }
    Sense sense = sense(element);
    if (sense.scale < 0 || sense.scale > 38) {
      throw new MalformedFile("column \"" + element.getName() + "\" has scale " + sense.scale);
    }
    SourceColumn source =
        new SourceColumn(
            required(element.getName(), "a column's name"),
            form(type(element)),
            sense.meaning,
            sense.scale,
            describe(element));
    return new ParquetColumn(type(element), width(element), levels, source);
  }

  private static Form form(Type type) {
    return switch (type) {
      case BOOLEAN, INT64, INT96 -> Form.LONG;
      case INT32 -> Form.INT;
      case FLOAT -> Form.FLOAT;
      case DOUBLE -> Form.DOUBLE;
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> Form.BYTES;
    };
  }

  private static Type type(SchemaElement element) {
    return required(element.getType(), "a column's type");
  }

  private static ConvertedType convertedType(SchemaElement element) {
    return required(element.getConverted_type(), "a converted type");
  }

  private static int width(SchemaElement element) {
    return switch (type(element)) {
      case BOOLEAN -> 1;
      case INT32, FLOAT, BYTE_ARRAY -> 4;
      case INT64, DOUBLE -> 8;
      case INT96 -> 12;
      case FIXED_LEN_BYTE_ARRAY -> {
        if (element.getType_length() <= 0) {
          throw new MalformedFile("column \"" + element.getName() + "\" has no length");
        }
        yield element.getType_length();
      }
    };
  }

  private static Sense sense(SchemaElement element) {
    Sense sense =
        element.isSetLogicalType()
            ? logical(required(element.getLogicalType(), "a logical type"))
            : element.isSetConverted_type()
                ? converted(convertedType(element), element.getScale())
                : plain(type(element));
    return fits(type(element), sense.meaning) ? sense : Sense.of(Meaning.OTHER);
  }

  private static Sense plain(Type type) {
    return switch (type) {
      case BOOLEAN -> Sense.of(Meaning.BOOLEAN);
      case INT32, INT64 -> Sense.of(Meaning.INTEGER);
      case INT96 -> new Sense(Meaning.TIMESTAMP, 6);
      case FLOAT, DOUBLE -> Sense.of(Meaning.FLOATING);
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> Sense.of(Meaning.BINARY);
    };
  }

  private static Sense logical(LogicalType type) {
    if (type.isSetSTRING() || type.isSetENUM()) {
      return Sense.of(Meaning.STRING);
    } else if (type.isSetJSON()) {
      return Sense.of(Meaning.JSON);
    } else if (type.isSetUUID()) {
      return Sense.of(Meaning.UUID);
    } else if (type.isSetINTEGER()) {
      boolean signed = type.getINTEGER().isIsSigned();
      return Sense.of(signed ? Meaning.INTEGER : Meaning.UNSIGNED);
    } else if (type.isSetDECIMAL()) {
      return new Sense(Meaning.DECIMAL, type.getDECIMAL().getScale());
    } else if (type.isSetDATE()) {
      return Sense.of(Meaning.DATE);
    } else if (type.isSetTIME()) {
      return new Sense(Meaning.TIME, digits(required(type.getTIME().getUnit(), "a unit")));
    } else if (type.isSetTIMESTAMP()) {
      return new Sense(
          Meaning.TIMESTAMP, digits(required(type.getTIMESTAMP().getUnit(), "a unit")));
    }
    return Sense.of(Meaning.OTHER);
  }

  private static int digits(TimeUnit unit) {
    return unit.isSetMILLIS() ? 3 : unit.isSetMICROS() ? 6 : 9;
  }

  private static Sense converted(ConvertedType type, int scale) {
    return switch (type) {
      case UTF8, ENUM -> Sense.of(Meaning.STRING);
      case JSON -> Sense.of(Meaning.JSON);
      case DECIMAL -> new Sense(Meaning.DECIMAL, scale);
      case DATE -> Sense.of(Meaning.DATE);
      case TIME_MILLIS -> new Sense(Meaning.TIME, 3);
      case TIME_MICROS -> new Sense(Meaning.TIME, 6);
      case TIMESTAMP_MILLIS -> new Sense(Meaning.TIMESTAMP, 3);
      case TIMESTAMP_MICROS -> new Sense(Meaning.TIMESTAMP, 6);
      case UINT_8, UINT_16, UINT_32, UINT_64 -> Sense.of(Meaning.UNSIGNED);
      case INT_8, INT_16, INT_32, INT_64 -> Sense.of(Meaning.INTEGER);
      case MAP, MAP_KEY_VALUE, LIST, BSON, INTERVAL -> Sense.of(Meaning.OTHER);
    };
  }

  private static boolean fits(Type type, Meaning meaning) {
    boolean integer = type == Type.INT32 || type == Type.INT64;
    boolean bytes = type == Type.BYTE_ARRAY || type == Type.FIXED_LEN_BYTE_ARRAY;
    return switch (meaning) {
      case BOOLEAN -> type == Type.BOOLEAN;
      case INTEGER, UNSIGNED, TIME -> integer;
      case TIMESTAMP -> type == Type.INT64 || type == Type.INT96;
      case DATE -> type == Type.INT32;
      case DECIMAL -> integer || bytes;
      case FLOATING -> type == Type.FLOAT || type == Type.DOUBLE;
      case STRING, JSON, BINARY -> bytes;
      case UUID -> type == Type.FIXED_LEN_BYTE_ARRAY;
      case NESTED, OTHER -> true;
    };
  }

  private static String describe(SchemaElement element) {
    String physical = type(element).name().toLowerCase(Locale.ROOT);
    if (element.isSetLogicalType()) {
      LogicalType logical = required(element.getLogicalType(), "a logical type");
      String name = String.valueOf(logical.getSetField()).toLowerCase(Locale.ROOT);
      return logical.isSetDECIMAL()
          ? "%s (decimal(%d,%d))"
              .formatted(
                  physical, logical.getDECIMAL().getPrecision(), logical.getDECIMAL().getScale())
          : physical + " (" + name + ")";
    }
    return element.isSetConverted_type()
        ? physical + " (" + convertedType(element).name().toLowerCase(Locale.ROOT) + ")"
        : physical;
  }
}
