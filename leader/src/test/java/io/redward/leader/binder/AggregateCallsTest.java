package io.redward.leader.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import org.junit.jupiter.api.Test;

final class AggregateCallsTest {
  @Test
  void aggregatesAreNeverTakenForColumns() {
    assertThat(new AggregateCalls(AggregateCalls.BASE).calls()).isEmpty();
    assertThatThrownBy(() -> new AggregateCalls(AggregateCalls.BASE + 1))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("more than 16384 columns");
  }
}
