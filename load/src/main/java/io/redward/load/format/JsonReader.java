package io.redward.load.format;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.types.TypeKind;
import io.redward.load.json.JsonNode;
import io.redward.load.json.JsonPath;
import io.redward.load.source.Chunk;
import io.redward.spi.LoadTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// JSON objects one after another, with or without line breaks between and within them. Members go
/// to the columns of their names, or paths say what goes where; the rest is skipped, and columns
/// that get nothing are NULL. Nested objects and arrays arrive as their JSON text.
public final class JsonReader {
  private static final int PAGE_BYTES = 1 << 20;
  private static final int PAGE_ROWS = 2048;

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(1_000).build())
          .build();
  private final Map<String, Integer> fieldsByName = new HashMap<>();
  private final boolean ignoreCase;
  private final List<JsonPath> paths;
  private final int fieldCount;
  /// Columns of type SUPER, whose strings keep their quotes.
  private final boolean[] isJson;
  private byte[] page = new byte[PAGE_BYTES];
  private int used;

  /// @param paths one a field, or none to go by names
  public JsonReader(LoadTarget target, boolean ignoreCase, List<JsonPath> paths) {
    this.ignoreCase = ignoreCase;
    this.paths = List.copyOf(paths);
    this.fieldCount = target.fields().size();
    this.isJson = new boolean[fieldCount];
    for (int field = 0; field < fieldCount; field++) {
      LoadTarget.Column column = target.columns().get(target.fields().get(field));
      isJson[field] = column.type().kind() == TypeKind.SUPER;
      String name = column.name();
      fieldsByName.put(ignoreCase ? name.toLowerCase(Locale.ROOT) : name, field);
    }
  }

  /// Reads all objects of a file into `sink`.
  public void parse(Path file, InputStream in, RowBatches sink, CancelToken cancel)
      throws IOException {
    int[] offsets = new int[fieldCount];
    int[] lengths = new int[fieldCount];
    int rows = 0;
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), in)) {
      while (parser.nextToken() != null) {
        if (rows++ % PAGE_ROWS == 0) {
          cancel.check();
          sink.flush();
          page = new byte[PAGE_BYTES];
          used = 0;
        }
        JsonToken first = parser.currentToken();
        boolean array = first == JsonToken.START_ARRAY && !paths.isEmpty();
        if (first != JsonToken.START_OBJECT && !array) {
          begin(file, parser, sink);
          sink.reject(FieldError.INVALID_JSON, "Invalid JSON format: expected an object", 0);
          return;
        }
        long at = Math.max(0, parser.currentTokenLocation().getByteOffset());
        int start = used;
        Arrays.fill(lengths, -1);
        if (paths.isEmpty()) {
          byName(parser, offsets, lengths);
        } else {
          byPath(JsonNode.read(parser), offsets, lengths);
        }
        sink.begin(new Chunk(file, at - start, page, used), start, used);
        for (int field = 0; field < fieldCount; field++) {
          int offset = lengths[field] < 0 ? used : offsets[field];
          sink.field(field, page, offset, lengths[field], true);
        }
        sink.end(fieldCount, false);
      }
    } catch (JacksonException e) {
      sink.begin(new Chunk(file, offset(e), page, used), used, used);
      sink.reject(FieldError.INVALID_JSON, "Invalid JSON format: " + e.getOriginalMessage(), used);
    }
    sink.flush();
  }

  private static long offset(JacksonException e) {
    return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
  }

  private void begin(Path file, JsonParser parser, RowBatches sink) {
    long at = Math.max(0, parser.currentTokenLocation().getByteOffset());
    sink.begin(new Chunk(file, at - used, page, used), used, used);
  }

  private void byName(JsonParser parser, int[] offsets, int[] lengths) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Integer field = fieldsByName.get(ignoreCase ? name.toLowerCase(Locale.ROOT) : name);
      JsonToken value = parser.nextToken();
      if (field == null || value == JsonToken.VALUE_NULL) {
        parser.skipChildren();
        continue;
      }
      String text =
          value.isStructStart() || value == JsonToken.VALUE_STRING && isJson[field]
              ? structure(parser)
              : parser.getString();
      put(text, field, offsets, lengths);
    }
  }

  private void byPath(JsonNode row, int[] offsets, int[] lengths) {
    for (int field = 0; field < fieldCount; field++) {
      Optional<JsonNode> value = paths.get(field).find(row);
      if (value.isPresent()) {
        JsonNode found = value.get();
        put(isJson[field] ? found.json() : found.text(), field, offsets, lengths);
      }
    }
  }

  private void put(String text, int field, int[] offsets, int[] lengths) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    append(bytes);
    offsets[field] = used - bytes.length;
    lengths[field] = bytes.length;
  }

  /// Copies a value behind the others of its row; a row may make its page grow.
  private void append(byte[] bytes) {
    if (page.length - used < bytes.length) {
      page = Arrays.copyOf(page, Math.max(page.length * 2, used + bytes.length));
    }
    System.arraycopy(bytes, 0, page, used, bytes.length);
    used += bytes.length;
  }

  private String structure(JsonParser parser) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator generator = factory.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.copyCurrentStructure(parser);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
