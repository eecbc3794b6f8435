package io.redward.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The TPC-H schema and the 22 queries with the specification's validation parameters.
public final class TpchQueries {
  public static final int COUNT = 22;

  private TpchQueries() {}

  /// CREATE TABLE statements with distribution and sort keys.
  public static String schema() {
    return resource("schema.sql");
  }

  /// @param number from 1 to 22
  public static String query(int number) {
    return resource("q%02d.sql".formatted(number));
  }

  private static String resource(String name) {
    try (InputStream in = TpchQueries.class.getResourceAsStream("tpch/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
