package io.redward.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A workload whose texts lie beside the classes: `NAME/schema.sql` with what only a
/// Redshift-compatible engine knows on lines of its own, and `NAME/queries.sql`, where each query
/// follows a comment with its name.
final class SuiteTexts {
  private static final Pattern KEYS = Pattern.compile("\\n  (diststyle|distkey|sortkey) [^;]*");
  private static final Pattern QUERY = Pattern.compile("-- (\\S+)\\n([^;]+);");

  private SuiteTexts() {}

  static Workload workload(String name, List<String> tables, Path files) throws IOException {
    String schema = text(name + "/schema.sql");
    List<Workload.Query> queries = new ArrayList<>();
    Matcher query = QUERY.matcher(text(name + "/queries.sql"));
    while (query.find()) {
      queries.add(new Workload.Query(query.group(1), query.group(2).strip()));
    }
    return new Workload(
        Tpch.statements(schema),
        Arrays.asList(KEYS.matcher(schema).replaceAll("").strip().split(";\\s*")),
        tables,
        files,
        List.copyOf(queries));
  }

  private static String text(String name) throws IOException {
    try (InputStream in = SuiteTexts.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
