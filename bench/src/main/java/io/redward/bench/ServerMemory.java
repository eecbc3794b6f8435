package io.redward.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server's process has in memory, in bytes.
///
/// @param resident of the process
/// @param live of the heap, after a collection
/// @param direct buffers outside of the heap
record ServerMemory(long resident, long live, long direct) {
  private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");
  private static final Pattern DIRECT =
      Pattern.compile("(?m)^jvm_memory_direct_used_bytes(?:\\{.*})? ([0-9.eE+]+)");

  static ServerMemory of(EngineProcess process, int httpPort)
      throws IOException, InterruptedException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String classes = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    histogram.waitFor();
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics")).build();
    String metrics;
    try (HttpClient client = HttpClient.newHttpClient()) {
      metrics = client.send(question, HttpResponse.BodyHandlers.ofString()).body();
    }
    return new ServerMemory(
        process.residentBytes(), (long) number(TOTAL, classes), (long) number(DIRECT, metrics));
  }

  private static double number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
  }

  /// The figures, and what of their growth each of some connections has.
  String since(ServerMemory before, int connections) {
    double each = 1e3 * Math.max(1, connections);
    String figures =
        "resident %.1f MB (%+.1f kB each), live on the heap %.1f MB (%+.1f),"
            + " direct %.1f MB (%+.1f)";
    return figures.formatted(
        resident / 1e6,
        (resident - before.resident) / each,
        live / 1e6,
        (live - before.live) / each,
        direct / 1e6,
        (direct - before.direct) / each);
  }
}
