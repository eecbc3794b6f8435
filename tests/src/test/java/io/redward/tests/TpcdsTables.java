package io.redward.tests;

import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// TPC-DS's tables at scale factor 0.01. Schema, queries and known answers lie beside the project:
/// they are not ours to hand on.
final class TpcdsTables {
  private TpcdsTables() {}

  static Path suite() {
    return Path.of("../../shared/suites/tpcds");
  }

  /// Skips the test where there is no suite.
  static void assumeSuite() {
    Assumptions.assumeTrue(
        Files.exists(suite()), "the TPC-DS queries in ../shared are absent, test skipped");
  }

  static String query(int number) throws IOException {
    return Files.readString(suite().resolve("queries/%02d.sql".formatted(number)));
  }

  /// Fills tables that are there.
  ///
  /// @param directory where their files are put
  static void load(Connection connection, Path directory) throws Exception {
    for (Table table : Table.getBaseTables()) {
      if (!table.isChild() && table != Table.DBGEN_VERSION) {
        List<Table> family = table.hasChild() ? List.of(table, table.getChild()) : List.of(table);
        generate(family, directory);
        for (Table each : family) {
          TestWarehouse.execute(
              connection,
              "copy "
                  + each.getName()
                  + " from 'file://"
                  + file(each, directory)
                  + "' delimiter '|' emptyasnull");
        }
      }
    }
  }

  private static Path file(Table table, Path directory) {
    return directory.resolve(table.getName() + ".dat");
  }

  /// A table and its child come out of one generator.
  private static void generate(List<Table> family, Path directory) throws IOException {
    Session session = Session.getDefaultSession().withScale(0.01).withNoSexism(false);
    List<BufferedWriter> writers = new ArrayList<>();
    for (Table each : family) {
      writers.add(Files.newBufferedWriter(file(each, directory)));
    }
    for (List<List<String>> rows : Results.constructResults(family.getFirst(), session)) {
      for (int i = 0; i < rows.size(); i++) {
        for (int column = 0; column < rows.get(i).size(); column++) {
          String value = rows.get(i).get(column);
          writers.get(i).write((column > 0 ? "|" : "") + (value == null ? "" : value));
        }
        writers.get(i).write('\n');
      }
    }
    for (Writer writer : writers) {
      writer.close();
    }
  }
}
