package io.redward.storage.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every store promises.
public abstract class ObjectStoreContract {
  private static final int WRITERS = 8;
  private static final int RACES = 8;

  protected abstract ObjectStore store() throws Exception;

  @Test
  void whatIsPutIsFound() throws Exception {
    ObjectStore store = store();
    store.put("data/7/1.rws", List.of(bytes("one"), new byte[0], bytes("two")));
    assertThat(store.find("data/7/1.rws")).contains(bytes("onetwo"));
    assertThat(store.size("data/7/1.rws")).contains(6L);
    assertThat(store.read("data/7/1.rws", 2, 3)).isEqualTo(bytes("etw"));
    assertThat(store.read("data/7/1.rws", 0, 0)).isEmpty();
    store.put("data/7/1.rws", List.of(bytes("three")));
    assertThat(store.find("data/7/1.rws")).contains(bytes("three"));
  }

  @Test
  void whatIsMissingOrTooShortIsNamed() throws Exception {
    ObjectStore store = store();
    assertThat(store.find("data/none")).isEmpty();
    assertThat(store.size("data/none")).isEmpty();
    assertThatThrownBy(() -> store.read("data/none", 0, 1))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("data/none")
        .hasMessageContaining("missing");
    store.put("data/short", List.of(bytes("abc")));
    assertThatThrownBy(() -> store.read("data/short", 1, 5))
        .hasMessageContaining("data/short")
        .hasMessageContaining("cut short");
    assertThatThrownBy(() -> store.read("data/short", 10, 5))
        .hasMessageContaining("data/short")
        .hasMessageContaining("cut short");
  }

  @Test
  void aKeyIsTakenOnce() throws Exception {
    ObjectStore store = store();
    assertThat(store.putIfAbsent("log/1", bytes("first"))).isTrue();
    assertThat(store.putIfAbsent("log/1", bytes("second"))).isFalse();
    assertThat(store.find("log/1")).contains(bytes("first"));
  }

  @Test
  void ofManyWhoPutAtOnceOneWins() throws Exception {
    ObjectStore store = store();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int race = 0; race < RACES; race++) {
        String key = "log/race-" + race;
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          byte[] value = bytes("writer " + writer);
          attempts.add(() -> store.putIfAbsent(key, value));
        }
        int winner = -1;
        List<Future<Boolean>> answers = writers.invokeAll(attempts);
        for (int writer = 0; writer < WRITERS; writer++) {
          if (answers.get(writer).get()) {
            assertThat(winner).as("two winners of %s", key).isEqualTo(-1);
            winner = writer;
          }
        }
        assertThat(store.find(key)).contains(bytes("writer " + winner));
      }
    }
  }

  @Test
  void listingIsByPrefixInOrder() throws Exception {
    ObjectStore store = store();
    for (String key : List.of("data/8/1", "data/7/2", "data/7/10", "log/1")) {
      store.put(key, List.of(bytes(key)));
    }
    assertThat(store.list("data/"))
        .extracting(ObjectSummary::key)
        .containsExactly("data/7/10", "data/7/2", "data/8/1");
    assertThat(store.list("data/7/")).extracting(ObjectSummary::bytes).containsExactly(9L, 8L);
    assertThat(store.list("none/")).isEmpty();
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    ObjectStore store = store();
    store.put("data/a", List.of(bytes("a")));
    store.delete("data/a");
    store.delete("data/a");
    assertThat(store.find("data/a")).isEmpty();
    assertThat(store.list("data/")).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
