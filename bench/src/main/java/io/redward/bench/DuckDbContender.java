package io.redward.bench;

import io.redward.server.TpchFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// DuckDB through its JDBC driver, with as many threads as there are cores, over a database file.
final class DuckDbContender implements Contender {
  private final Path database;
  private final EngineProcess process;

  DuckDbContender(Path directory) throws IOException {
    Files.createDirectories(directory);
    database = directory.resolve("tpch.duckdb");
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
  public double load(Path files) {
    for (String statement : Tpch.plainSchema()) {
      ask("exec", statement, new ArrayList<>());
    }
    double seconds = 0;
    for (String table : TpchFiles.tables()) {
      seconds +=
          ask(
                  "exec",
                  "copy "
                      + table
                      + " from '"
                      + files.resolve(table)
                      + "/*.tbl' (delimiter '|', header false, auto_detect false)",
                  new ArrayList<>())
              / 1e9;
    }
    seconds += ask("exec", "checkpoint", new ArrayList<>()) / 1e9;
    return seconds;
  }

  @Override
  public double run(String query) {
    return ask("run", query, new ArrayList<>()) / 1e6;
  }

  @Override
  public List<String> answer(String query) {
    List<String> rows = new ArrayList<>();
    ask("rows", query, rows);
    return rows;
  }

  private long ask(String command, String statement, List<String> rows) {
    process.send(
        command
            + " "
            + Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8)));
    try {
      while (true) {
        String line = process.receive();
        if (line.startsWith("done ")) {
          return Long.parseLong(line.substring(5));
        }
        rows.add(line.substring("row ".length()));
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
  public void close() {
    process.close();
  }
}
