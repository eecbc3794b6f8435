package io.redward.load.format;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.spi.FileShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What the first objects of a JSON file say of its columns: each member of the outermost objects
/// is one. Objects, arrays and members of several kinds are SUPER.
public final class JsonSample {
  private static final int SAMPLE_ROWS = 10_000;

  private final Map<String, ValueKinds> kinds = new LinkedHashMap<>();
  private final Set<String> nested = new HashSet<>();

  private JsonSample() {}

  public static List<FileShape.Column> columns(Path file, InputStream in) throws IOException {
    JsonSample sample = new JsonSample();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      for (int row = 0; row < SAMPLE_ROWS && parser.nextToken() != null; row++) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw new SqlException(
                  SqlState.DATA_CORRUPTED,
                  "file \"" + file + "\" is not a sequence of JSON objects")
              .withHint("Write one object a line, without an array around them.");
        }
        sample.object(parser);
      }
    } catch (JacksonException e) {
      throw new SqlException(
          SqlState.DATA_CORRUPTED,
          "file \"" + file + "\" is not valid JSON: " + e.getOriginalMessage(),
          e);
    }
    List<FileShape.Column> columns = new ArrayList<>();
    sample.kinds.forEach(
        (name, kind) ->
            columns.add(
                new FileShape.Column(
                    name,
                    sample.nested.contains(name) ? SqlType.of(TypeKind.SUPER) : kind.type())));
    if (columns.isEmpty()) {
      throw new SqlException(SqlState.DATA_CORRUPTED, "file \"" + file + "\" is empty");
    }
    return columns;
  }

  private void object(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName().toLowerCase(Locale.ROOT);
      ValueKinds kind = kinds.computeIfAbsent(name, _ -> new ValueKinds());
      JsonToken token = parser.nextToken();
      switch (token) {
        case START_OBJECT, START_ARRAY -> {
          nested.add(name);
          parser.skipChildren();
        }
        case VALUE_NULL -> {}
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
            kind.add(parser.getString());
        default -> text(kind, parser.getString());
      }
    }
  }

  /// A string may be a date or a time; a number in quotes is text.
  private static void text(ValueKinds kind, String value) {
    ValueKinds alone = new ValueKinds();
    alone.add(value);
    TypeKind found = alone.type().kind();
    if (found == TypeKind.DATE || found == TypeKind.TIMESTAMP) {
      kind.add(value);
    } else {
      kind.addText();
    }
  }
}
