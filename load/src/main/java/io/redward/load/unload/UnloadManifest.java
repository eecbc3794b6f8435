package io.redward.load.unload;

import io.redward.spi.Unloader.Column;
import io.redward.spi.Unloader.Written;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The list of an UNLOAD's files, as COPY reads it.
final class UnloadManifest {
  private static final JsonFactory JSON = new JsonFactory();

  private UnloadManifest() {}

  /// @param verbose with the columns, the row counts and the writer
  static String text(List<Column> columns, List<Written> files, boolean verbose) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      out.writeArrayPropertyStart("entries");
      for (Written file : files) {
        out.writeStartObject();
        out.writeStringProperty("url", file.url());
        if (verbose) {
          meta(out, file.bytes(), file.rows());
        }
        out.writeEndObject();
      }
      out.writeEndArray();
      if (verbose) {
        schema(out, columns);
        long bytes = files.stream().mapToLong(Written::bytes).sum();
        long rows = files.stream().mapToLong(Written::rows).sum();
        meta(out, bytes, rows);
        out.writeObjectPropertyStart("author");
        out.writeStringProperty("name", "Redward");
        out.writeStringProperty("version", "1.0.0");
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    return text + "\n";
  }

  private static void meta(JsonGenerator out, long bytes, long rows) {
    out.writeObjectPropertyStart("meta");
    out.writeNumberProperty("content_length", bytes);
    out.writeNumberProperty("record_count", rows);
    out.writeEndObject();
  }

  private static void schema(JsonGenerator out, List<Column> columns) {
    out.writeObjectPropertyStart("schema");
    out.writeArrayPropertyStart("elements");
    for (Column column : columns) {
      out.writeStartObject();
      out.writeStringProperty("name", column.name());
      out.writeObjectPropertyStart("type");
      out.writeStringProperty("base", column.type().kind().sqlName().toLowerCase(Locale.ROOT));
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
