package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.Batch;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a writing process (SIGKILL) again and again, each time after a random number of its
/// commits, and checks after each that exactly whole transactions are there, and all that were
/// acknowledged. `-Dredward.kills=N` sets how often; 3 by default.
final class KillTest {
  private static final int KILLS = Integer.getInteger("redward.kills", 3);

  @TempDir Path directory;

  @Test
  void acknowledgedTransactionsSurviveBeingKilled() throws Exception {
    Random random = new Random(7);
    TreeSet<Integer> acknowledged = new TreeSet<>();
    for (int round = 0; round < KILLS; round++) {
      Process writer = start(round);
      int commits = 1 + random.nextInt(60);
      try (BufferedReader output =
          new BufferedReader(
              new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
        for (int i = 0; i < commits; i++) {
          String line = output.readLine();
          assertThat(line).as("the writer has ended by itself").isNotNull();
          acknowledged.add(Integer.parseInt(line));
        }
        writer.destroyForcibly();
        writer.waitFor(30, TimeUnit.SECONDS);
        for (String line = readRest(output); !line.isEmpty(); line = readRest(output)) {
          acknowledged.add(Integer.parseInt(line));
        }
      }
      try (Namespace namespace =
          LocalNamespace.open(directory, StorageOptions.defaults().withCacheBytes(1 << 20))) {
        check(namespace.snapshot(), acknowledged, round);
      }
    }
  }

  /// Appends the rows of transaction `number`: one in five has enough for an object of its own.
  static void append(RowAppender appender, int number) {
    int rowCount = rowCount(number);
    for (int from = 0; from < rowCount; from += Batch.CAPACITY) {
      Batch batch = TestTable.batch(number + from, Math.min(Batch.CAPACITY, rowCount - from));
      for (int i = 0; i < batch.selectedCount; i++) {
        TestTable.set(batch.vectors[0], i, number);
      }
      appender.append(batch);
    }
  }

  private static int rowCount(int number) {
    return number % 5 == 0 ? 12_000 : 1 + number % 3;
  }

  private static void check(Snapshot snapshot, TreeSet<Integer> acknowledged, int round) {
    TreeSet<Integer> present = new TreeSet<>();
    for (String key : snapshot.entries("done/").keySet()) {
      present.add(Integer.parseInt(key.substring("done/".length())));
    }
    assertThat(present).as("round %d", round).containsAll(acknowledged);
    Map<Integer, Integer> rows = new TreeMap<>();
    for (int key : TestTable.keys(snapshot)) {
      rows.merge(key, 1, Integer::sum);
    }
    Map<Integer, Integer> expected = new TreeMap<>();
    present.forEach(number -> expected.put(number, rowCount(number)));
    assertThat(rows).as("round %d", round).isEqualTo(expected);
  }

  private Process start(int round) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(KilledWriter.class.getName());
    command.add(directory.toString());
    command.add(Integer.toString(round));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// A whole line that was written before the kill, or nothing.
  private static String readRest(BufferedReader output) {
    try {
      String line = output.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      return "";
    }
  }
}
