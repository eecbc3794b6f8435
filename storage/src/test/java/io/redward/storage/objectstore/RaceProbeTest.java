package io.redward.storage.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RaceProbeTest {
  @Test
  void aStoreThatDecidesRacesIsTakenAndLeftAsItWas() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    RaceProbe.run(store);
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void aStoreThatIgnoresTheConditionIsRefusedWithAnExplanation() {
    ObjectStore careless =
        new ForwardingObjectStore(new InMemoryObjectStore()) {
          @Override
          public boolean putIfAbsent(String key, byte[] bytes) {
            put(key, List.of(bytes));
            return true;
          }
        };
    assertThatThrownBy(() -> RaceProbe.run(careless))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
              assertThat(e.message())
                  .isEqualTo(
                      "the object store does not decide races: of 8 writers that put a key if"
                          + " absent, more than one won 50 of 50 keys");
              assertThat(e.hint()).hasValueSatisfying(h -> assertThat(h).contains("If-None-Match"));
            });
    assertThat(careless.list("")).isEmpty();
  }

  @Test
  void aStoreThatLooksBeforeItPutsIsRefused() {
    ObjectStore hasty =
        new ForwardingObjectStore(new InMemoryObjectStore()) {
          @Override
          public boolean putIfAbsent(String key, byte[] bytes) {
            if (find(key).isPresent()) {
              return false;
            }
            Thread.yield();
            put(key, List.of(bytes));
            return true;
          }
        };
    assertThatThrownBy(() -> RaceProbe.run(hasty))
        .hasMessageContaining("the object store does not decide races");
  }

  @Test
  void whatTheStoreRefusesIsReported() {
    ObjectStore denied =
        new ForwardingObjectStore(new InMemoryObjectStore()) {
          @Override
          public boolean putIfAbsent(String key, byte[] bytes) {
            throw new SqlException(SqlState.INSUFFICIENT_PRIVILEGE, "access denied");
          }
        };
    assertThatThrownBy(() -> RaceProbe.run(denied)).hasMessage("access denied");
  }
}
