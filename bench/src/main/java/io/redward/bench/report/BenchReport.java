package io.redward.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The figures of one bench run.
///
/// @param bench its name on the command line
/// @param options what it was asked, as `scale` and `1`
/// @param other the engine compared with, or empty
public record BenchReport(
    String bench,
    Map<String, String> options,
    String other,
    Machine machine,
    List<Measure> measures) {
  public BenchReport {
    measures = List.copyOf(measures);
  }

  /// Measures of a metric each, in the order in which the metrics first come.
  public Map<String, List<Measure>> metrics() {
    Map<String, List<Measure>> metrics = new LinkedHashMap<>();
    for (Measure measure : measures) {
      metrics.computeIfAbsent(measure.metric(), name -> new ArrayList<>()).add(measure);
    }
    return metrics;
  }

  /// The metrics that have one measure only, a line each.
  public void printSummary(PrintStream out) {
    for (List<Measure> metric : metrics().values()) {
      if (metric.size() == 1) {
        out.println(line(metric.getFirst()));
      }
    }
  }

  private String line(Measure measure) {
    String ours =
        "%s: redward %s %s"
            .formatted(measure.metric(), number(measure.ours()), measure.unit())
            .stripTrailing();
    String theirs =
        measure.compared()
            ? ", %s %s %s, ratio %.2f"
                .formatted(other, number(measure.theirs()), measure.unit(), measure.ratio())
            : "";
    return ours + theirs + (measure.note().isEmpty() ? "" : " (" + measure.note() + ")");
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? "%.0f".formatted(value)
        : Math.abs(value) >= 100 ? "%.0f".formatted(value) : "%.3g".formatted(value);
  }

  public void writeJson(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file);
        JsonGenerator json =
            JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("bench", bench);
      json.writeStringProperty("against", other);
      writeTexts(json, "options", options);
      writeTexts(json, "machine", machine.facts());
      json.writeArrayPropertyStart("measures");
      for (Measure measure : measures) {
        write(json, measure);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeTexts(JsonGenerator json, String name, Map<String, String> texts) {
    json.writeObjectPropertyStart(name);
    texts.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Measure measure) {
    json.writeStartObject();
    json.writeStringProperty("metric", measure.metric());
    json.writeStringProperty("unit", measure.unit());
    json.writeStringProperty("work", measure.work());
    if (Double.isNaN(measure.ours())) {
      json.writeNullProperty("redward");
    } else {
      json.writeNumberProperty("redward", measure.ours());
    }
    if (measure.compared()) {
      json.writeNumberProperty("other", measure.theirs());
    }
    if (!measure.note().isEmpty()) {
      json.writeStringProperty("note", measure.note());
    }
    json.writeEndObject();
  }
}
