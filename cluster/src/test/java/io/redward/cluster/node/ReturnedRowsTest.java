package io.redward.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.types.Physical;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What keeps an answer whole when a query is given up: no rows of two runs, no end of rows that
/// is none.
class ReturnedRowsTest {
  private final Batch batch = new Batch(List.of(Physical.LONG));
  private final List<Batch> client = new ArrayList<>();

  @Test
  void a_run_that_is_given_up_returns_no_rows_any_more() {
    ReturnedRows rows = new ReturnedRows(client::add);
    assertThat(rows.withdraw()).isTrue();
    assertThatThrownBy(() -> rows.accept(batch)).isInstanceOf(SqlException.class);
    assertThat(client).isEmpty();
  }

  @Test
  void a_run_that_has_returned_rows_cannot_be_given_up() {
    ReturnedRows rows = new ReturnedRows(client::add);
    rows.accept(batch);
    assertThat(rows.withdraw()).isFalse();
    rows.accept(batch);
    assertThat(client).hasSize(2);
  }

  @Test
  void rows_may_be_long_in_coming() {
    long pause = 1;
    for (int wait = 0; wait < 1_000; wait++) {
      long next = FrameQueue.longer(pause);
      assertThat(next).isBetween(pause, 50L);
      pause = next;
    }
  }

  @Test
  void whoever_is_interrupted_waiting_for_rows_does_not_see_their_end() {
    try (FrameQueue queue = new FrameQueue(Optional.empty(), () -> {})) {
      CancelToken cancel = new CancelToken();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> queue.take(cancel)).isInstanceOf(SqlException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
