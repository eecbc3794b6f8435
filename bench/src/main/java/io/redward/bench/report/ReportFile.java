package io.redward.bench.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads what [BenchReport#writeJson] has written.
public final class ReportFile {
  private final JsonParser json;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Map<String, String> machine = new LinkedHashMap<>();
  private final List<Measure> measures = new ArrayList<>();

  private ReportFile(JsonParser json) {
    this.json = json;
  }

  public static BenchReport read(Path file) throws IOException {
    try (Reader in = Files.newBufferedReader(file);
        JsonParser json =
            JsonFactory.builder().build().createParser(ObjectReadContext.empty(), in)) {
      return new ReportFile(json).read();
    }
  }

  private BenchReport read() {
    json.nextToken();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "options" -> readTexts(options);
        case "machine" -> readTexts(machine);
        case "measures" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            measures.add(readMeasure());
          }
        }
        default -> texts.put(name, json.getString());
      }
    }
    return new BenchReport(
        texts.getOrDefault("bench", ""),
        options,
        texts.getOrDefault("against", ""),
        new Machine(machine),
        measures);
  }

  private void readTexts(Map<String, String> into) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      into.put(name, json.getString());
    }
  }

  private Measure readMeasure() {
    Map<String, String> cells = new LinkedHashMap<>();
    double ours = Double.NaN;
    double theirs = Double.NaN;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_STRING) {
        cells.put(name, json.getString());
      } else if (token.isNumeric()) {
        ours = name.equals("redward") ? json.getDoubleValue() : ours;
        theirs = name.equals("other") ? json.getDoubleValue() : theirs;
      }
    }
    return new Measure(
        cells.getOrDefault("metric", ""),
        cells.getOrDefault("unit", ""),
        cells.getOrDefault("work", ""),
        ours,
        theirs,
        cells.getOrDefault("note", ""));
  }
}
