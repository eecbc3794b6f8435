package io.redward.tests.examples;

import io.redward.server.EmbeddedWarehouse;
import io.redward.tests.S3Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs the documented examples over the TICKIT tables. Of these tables four are at hand; the other
/// three are empty, so that their examples show only whether the statements run. What each that
/// fails gives is written to `target/tickit.txt`.
class TickitExamplesTest {
  private static final Path EXAMPLES = Path.of("../../shared/redshift/examples_tickit.json");
  static final Path DATA = Path.of("../../shared/suites/tickit").toAbsolutePath();
  private static final Pattern ABSENT = Pattern.compile("(?is).*\\b(sales|listing|users)\\b.*");
  private static final Pattern ENDS_TRANSACTIONS =
      Pattern.compile("(?i)\\b(begin|commit|end|vacuum|truncate|append|call)\\b");

  @TempDir private Path directory;

  @Test
  void examples_over_the_sample_tables_print_what_is_documented() throws Exception {
    Assumptions.assumeTrue(Files.exists(EXAMPLES), "no ../shared: the examples are absent");
    Assumptions.assumeTrue(Files.exists(DATA), "no ../shared: the tables are absent");
    KnownDifferences known = KnownDifferences.read("tickit-differences.txt");
    Map<String, String> failures = new LinkedHashMap<>();
    int matching = 0;
    int comparable = 0;
    int running = 0;
    int others = 0;
    try (S3Server bucket = new S3Server(directory.resolve("s3"));
        EmbeddedWarehouse warehouse =
            EmbeddedWarehouse.start(
                directory.resolve("data"),
                bucket.store("store"),
                List.of(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                true)) {
      load(warehouse.port());
      for (Map.Entry<String, JsonNode> entry : isolatedFirst().entrySet()) {
        String key = entry.getKey();
        JsonNode example = entry.getValue();
        bucket.empty();
        boolean absent = ABSENT.matcher(example.path("sql").asString()).matches();
        Optional<String> problem =
            ExampleRun.run(warehouse.port(), setup(key, example), example, known.varies(key));
        boolean ran = problem.map(text -> text.contains("\n    wanted ")).orElse(true);
        comparable += absent ? 0 : 1;
        matching += !absent && problem.isEmpty() ? 1 : 0;
        others += absent ? 1 : 0;
        running += absent && ran ? 1 : 0;
        problem.filter(_ -> !absent || !ran).ifPresent(text -> failures.put(key, text));
      }
    }
    System.out.printf(
        "%d of %d examples over the tables at hand match; %d of %d others run%n",
        matching, comparable, running, others);
    List<String> lines = new ArrayList<>();
    failures.forEach((key, text) -> lines.add(key + ": " + text));
    Files.write(Path.of("target/tickit.txt"), lines);
    known.assertAre(failures);
  }

  /// The examples by key; those whose changes may stay come last.
  private static Map<String, JsonNode> isolatedFirst() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    Map<String, JsonNode> isolated = new LinkedHashMap<>();
    Map<String, JsonNode> lasting = new LinkedHashMap<>();
    for (JsonNode example : JsonMapper.shared().readTree(EXAMPLES.toFile())) {
      String page = example.path("file").asString().replace(".md", "");
      String key = page + "#" + numbers.merge(page, 1, Integer::sum);
      (isIsolated(example) ? isolated : lasting).put(key, example);
    }
    isolated.putAll(lasting);
    return isolated;
  }

  static boolean isIsolated(JsonNode example) {
    return !ENDS_TRANSACTIONS.matcher(example.path("sql").asString()).find();
  }

  /// What the page takes for granted, in a transaction that keeps the changes from other examples
  /// where the example has none of its own. Documented errors are those of the strict mode.
  private static List<String> setup(String key, JsonNode example) throws Exception {
    List<String> setup = new ArrayList<>();
    if (isIsolated(example)) {
      setup.add("begin");
    }
    setup.addAll(KnownDifferences.setup("tickit/" + key.replace('#', '-')));
    if (example.path("sql").asString().contains("ERROR:")) {
      setup.add("set redshift_compat to strict");
    }
    return setup;
  }

  /// Makes and fills the tables.
  static void load(int port) throws Exception {
    URL schema =
        Objects.requireNonNull(TickitExamplesTest.class.getResource("/examples/tickit.sql"));
    String text = Files.readString(path(schema)).replace("$data", DATA.toString());
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/dev?user=admin&preferQueryMode=simple");
        Statement statement = connection.createStatement()) {
      for (String sql : text.split(";\\s*\n")) {
        statement.execute(sql);
      }
    }
  }

  private static Path path(URL resource) throws URISyntaxException {
    return Path.of(resource.toURI());
  }
}
