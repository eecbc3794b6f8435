package io.redward.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// What a TPC-H run came to.
record TpchReport(
    double scale,
    double ourLoadSeconds,
    double theirLoadSeconds,
    long ourDiskBytes,
    long theirDiskBytes,
    long ourPeakBytes,
    long theirPeakBytes,
    List<QueryFigures> queries) {
  private double geometricMean(ToDoubleFunction<QueryFigures> figure) {
    return Math.exp(
        queries.stream().mapToDouble(q -> Math.log(figure.applyAsDouble(q))).average().orElse(0));
  }

  void print(PrintStream out) {
    out.printf(
        "hot, geometric mean: redward %.1f ms, duckdb %.1f ms, ratio %.2f%n",
        geometricMean(QueryFigures::ourHot),
        geometricMean(QueryFigures::theirHot),
        geometricMean(QueryFigures::ratio));
    out.printf(
        "first run: slowest %.0f ms, geometric mean %.1f ms (duckdb %.1f ms)%n",
        queries.stream().mapToDouble(QueryFigures::ourFirst).max().orElse(0),
        geometricMean(QueryFigures::ourFirst),
        geometricMean(QueryFigures::theirFirst));
    out.printf(
        "load: %.1f s against %.1f s, ratio %.2f%n",
        ourLoadSeconds, theirLoadSeconds, ourLoadSeconds / theirLoadSeconds);
    out.printf(
        "disk: %.1f MB against %.1f MB, ratio %.2f%n",
        ourDiskBytes / 1e6, theirDiskBytes / 1e6, (double) ourDiskBytes / theirDiskBytes);
    out.printf(
        "peak memory of the process: %.0f MB against %.0f MB%n",
        ourPeakBytes / 1e6, theirPeakBytes / 1e6);
    long differing = queries.stream().filter(q -> !q.same()).count();
    out.println(differing == 0 ? "all answers agree" : differing + " answers DIFFER from duckdb's");
  }

  void writeJson(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file);
        JsonGenerator json =
            JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("scale", scale);
      json.writeNumberProperty("redward_load_seconds", ourLoadSeconds);
      json.writeNumberProperty("duckdb_load_seconds", theirLoadSeconds);
      json.writeNumberProperty("redward_disk_bytes", ourDiskBytes);
      json.writeNumberProperty("duckdb_disk_bytes", theirDiskBytes);
      json.writeNumberProperty("redward_peak_bytes", ourPeakBytes);
      json.writeNumberProperty("duckdb_peak_bytes", theirPeakBytes);
      json.writeNumberProperty("hot_ratio", geometricMean(QueryFigures::ratio));
      json.writeArrayPropertyStart("queries");
      for (QueryFigures query : queries) {
        json.writeStartObject();
        json.writeNumberProperty("query", query.number());
        json.writeNumberProperty("redward_first_ms", query.ourFirst());
        json.writeNumberProperty("redward_hot_ms", query.ourHot());
        json.writeNumberProperty("duckdb_first_ms", query.theirFirst());
        json.writeNumberProperty("duckdb_hot_ms", query.theirHot());
        json.writeBooleanProperty("same_answer", query.same());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }
}
