package io.redward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// DuckDB through its JDBC driver, with as many threads as there are cores, over a database file.
final class DuckDbContender implements Contender {
  private final Path database;
  private final EngineProcess process;

  DuckDbContender(Path directory) throws IOException {
    Files.createDirectories(directory);
    database = directory.resolve("bench.duckdb");
    Files.deleteIfExists(database);
    String threads = Integer.toString(Runtime.getRuntime().availableProcessors());
    process =
        new EngineProcess(
            EngineProcess.java(
                DuckDbProcess.class, List.of("-Xmx1g"), List.of(database.toString(), threads)));
  }

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public double load(Workload workload) throws SQLException {
    for (String statement : workload.plainSchema()) {
      execute(statement);
    }
    double seconds = 0;
    for (String table : workload.tables()) {
      seconds +=
          time(
              "copy "
                  + table
                  + " from '"
                  + workload.files().resolve(table)
                  + "/*' (delimiter '|', header false, auto_detect false, nullstr '')");
    }
    return seconds + time("checkpoint");
  }

  @Override
  public double time(String statement) throws SQLException {
    return ask("exec", statement, new ArrayList<>()) / 1e9;
  }

  @Override
  public double run(String query) throws SQLException {
    return ask("run", query, new ArrayList<>()) / 1e6;
  }

  @Override
  public List<String> answer(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    ask("rows", query, rows);
    return rows;
  }

  private long ask(String command, String statement, List<String> rows) throws SQLException {
    process.send(command + " " + DuckDbProcess.encoded(statement));
    try {
      while (true) {
        String line = process.receive();
        if (line.startsWith("done ")) {
          return Long.parseLong(line.substring(5));
        }
        if (line.startsWith("fail ")) {
          throw new SQLException(DuckDbProcess.decoded(line.substring(5)));
        }
        rows.add(DuckDbProcess.decoded(line.substring("row ".length())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long bytesOnDisk() throws IOException {
    return Files.size(database);
  }

  @Override
  public long peakMemoryBytes() throws IOException {
    return process.peakMemoryBytes();
  }

  @Override
  public double cpuMillis() {
    return process.cpuMillis();
  }

  @Override
  public void close() {
    process.close();
  }
}
