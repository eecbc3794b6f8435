package io.redward.leader.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final LoginThrottle throttle = new LoginThrottle(now::get);

  private void failures(int count, String user, String address) {
    for (int i = 0; i < count; i++) {
      throttle.attempt(user, address);
    }
  }

  @Test
  void someMistakesAreFree() {
    failures(5, "ann", "10.0.0.1");
    assertThat(throttle.attempt("ann", "10.0.0.1")).isZero();
  }

  @Test
  void furtherOnesWaitLongerAndLongerAndAreRefusedAtLast() {
    failures(6, "ann", "10.0.0.1");
    assertThat(throttle.attempt("ann", "10.0.0.1")).isEqualTo(Duration.ofMillis(500));
    assertThat(throttle.attempt("ann", "10.0.0.1")).isEqualTo(Duration.ofMillis(1500));
    assertThat(throttle.attempt("ann", "10.0.0.1")).isEqualTo(Duration.ofMillis(3500));
    assertThatThrownBy(() -> throttle.attempt("ann", "10.0.0.1"))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("password authentication failed for user \"ann\"");
  }

  @Test
  void anotherAddressIsNotConcerned() {
    failures(9, "ann", "10.0.0.1");
    assertThat(throttle.attempt("ann", "10.0.0.2")).isZero();
  }

  @Test
  void manyNamesFromOneAddressAreThrottledToo() {
    for (int i = 0; i < 26; i++) {
      throttle.attempt("user" + i, "10.0.0.1");
    }
    assertThat(throttle.attempt("other", "10.0.0.1")).isPositive();
  }

  @Test
  void aRightPasswordClearsTheCount() {
    failures(6, "ann", "10.0.0.1");
    throttle.succeeded("ann", "10.0.0.1");
    failures(5, "ann", "10.0.0.1");
    assertThat(throttle.attempt("ann", "10.0.0.1")).isZero();
  }

  @Test
  void timeForgets() {
    failures(9, "ann", "10.0.0.1");
    now.set(now.get().plus(Duration.ofMinutes(16)));
    failures(5, "ann", "10.0.0.1");
    assertThat(throttle.attempt("ann", "10.0.0.1")).isZero();
  }

  @Test
  void aSessionIsIdleOnceItsTimeoutHasPassed() {
    Instant start = now.get();
    assertThat(IdleSessions.isOver(start, 60, start.plusSeconds(59))).isFalse();
    assertThat(IdleSessions.isOver(start, 60, start.plusSeconds(60))).isTrue();
  }
}
