package io.redward.leader.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.system.Incident;
import org.junit.jupiter.api.Test;

class FailureNotesTest {
  @Test
  void anInternalErrorTellsWhereItWasThrown() {
    SqlException failure = StatementFailure.of(new IllegalStateException("lost"));
    FailureNotes note = FailureNotes.of(failure, 0).orElseThrow();
    assertThat(note.kind()).isEqualTo(Incident.Kind.INTERNAL_ERROR);
    assertThat(note.values().get(0)).isEqualTo("FailureNotesTest.java");
    assertThat(Integer.parseInt(note.values().get(1))).isPositive();
    assertThat(note.values().get(2))
        .isEqualTo("internal error: java.lang.IllegalStateException: lost");
  }

  @Test
  void aFullDiskTellsWhatTheStatementHadWritten() {
    SqlException failure = new SqlException(SqlState.DISK_FULL, "could not write: disk full");
    FailureNotes note = FailureNotes.of(failure, 5 << 20).orElseThrow();
    assertThat(note.kind()).isEqualTo(Incident.Kind.DISK_FULL);
    assertThat(note.values()).containsExactly("5");
  }

  @Test
  void aQuotaOrAnErrorOfTheStatementIsNoIncident() {
    assertThat(
            FailureNotes.of(
                new SqlException(SqlState.DISK_FULL, "exceeding the disk space quota"), 0))
        .isEmpty();
    assertThat(FailureNotes.of(new SqlException(SqlState.SYNTAX_ERROR, "syntax error"), 0))
        .isEmpty();
  }
}
