package io.redward.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Client commands where no server runs: they open the warehouse wherever it lies.
class OpenedWarehouseTest {
  @TempDir private Path directory;

  private final StringWriter errors = new StringWriter();

  @Test
  void encryptedStoresAreOpenedWithTheirKeyOnly() {
    String key = directory.resolve("key").toString();
    String other = directory.resolve("other").toString();
    assertThat(run("encryption", "new-key", key)).isZero();
    assertThat(run("encryption", "new-key", other)).isZero();
    assertThat(on(key, "sql", "-c", "create table t (a int); insert into t values (1), (2)"))
        .isZero();
    assertThat(on(key, "snapshot", "create", "before")).isZero();
    assertThat(on(key, "sql", "-c", "drop table t")).isZero();
    assertThat(on(key, "snapshot", "restore", "before", "--table", "t")).isZero();
    assertThat(on(key, "sql", "-c", "select 1 / (count(*) - 1) from t")).isZero();
    assertThat(on(key, "fsck", "--quiet")).isZero();
    for (String command : List.of("sql", "snapshot", "fsck")) {
      List<String> words = new ArrayList<>(List.of(command));
      if (command.equals("snapshot")) {
        words.add("list");
      }
      if (command.equals("sql")) {
        words.addAll(List.of("-c", "select 1"));
      }
      String[] whole = words.toArray(String[]::new);
      refused(other, "the encryption key does not fit the namespace", whole);
      refused("", "the namespace is encrypted and no key is given", whole);
      refused(key + ".none", "could not read the encryption key file", whole);
    }
  }

  private void refused(String key, String message, String... words) {
    errors.getBuffer().setLength(0);
    assertThat(on(key, words)).isEqualTo(1);
    assertThat(errors.toString()).contains(message);
  }

  private int on(String key, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", directory.resolve("home").toString()));
    all.addAll(List.of("--store", directory.resolve("objects").toUri().toString()));
    if (!key.isEmpty()) {
      all.addAll(List.of("--encryption-key-file", key));
    }
    return run(all.toArray(String[]::new));
  }

  private int run(String... words) {
    CommandLine line = Main.commands();
    line.setErr(new PrintWriter(errors, true));
    return line.execute(words);
  }
}
