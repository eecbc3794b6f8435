package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ComplaintsTest {
  private final Complaints complaints =
      new Complaints(LoggerFactory.getLogger(ComplaintsTest.class));

  @Test
  void theSameIsToldOnceInTenMinutesAndEachObjectByItself() {
    long minute = Duration.ofMinutes(1).toNanos();
    assertThat(complaints.isNew("fold of table 1: object \"a\" is missing", 0)).isTrue();
    assertThat(complaints.isNew("fold of table 1: object \"a\" is missing", 9 * minute)).isFalse();
    assertThat(complaints.isNew("fold of table 1: object \"b\" is missing", 9 * minute)).isTrue();
    assertThat(complaints.isNew("fold of table 1: object \"a\" is missing", 11 * minute)).isTrue();
  }

  @Test
  void whatFailsDoesNotStopTheRest() {
    int[] done = {0};
    complaints.attempt("something", () -> Integer.parseInt("x"));
    complaints.attempt("something", () -> done[0]++);
    assertThat(done[0]).isEqualTo(1);
  }
}
