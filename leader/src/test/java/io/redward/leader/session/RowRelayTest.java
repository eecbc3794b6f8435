package io.redward.leader.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import org.junit.jupiter.api.Test;

final class RowRelayTest {
  @Test
  void statementOfAClosedPortalIsStopped() {
    RowRelay relay = new RowRelay();
    relay.close();
    assertThatThrownBy(() -> relay.end("SELECT"))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThatCode(() -> relay.fail(e)).doesNotThrowAnyException());
  }
}
