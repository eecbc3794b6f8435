package io.redward.leader.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.leader.system.AccessLog;
import io.redward.leader.system.ClientTraits;
import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.Issuer;
import io.redward.leader.system.StatementType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFilesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.5Z");
  private static final Instant MORROW = Instant.parse("2026-11-22T00:00:01Z");

  @TempDir private Path directory;

  private static AccessLog.Connection connection(Instant at) {
    return new AccessLog.Connection(
        "authenticated",
        at,
        "127.0.0.1:5000",
        1007,
        "dev",
        "ann",
        "psql",
        12,
        new ClientTraits("password", "TLSv1.3", "TLS_AES", "Li|nux", "JDBC 2", "none", 2));
  }

  private static Entry statement(String text) {
    return new Entry(
        101,
        4711,
        new Issuer(1007, 100, "ann", "dev"),
        "",
        StatementType.SELECT,
        text,
        NOON,
        Optional.empty());
  }

  @Test
  void eachEventIsALineInTheFileOfItsKindAndDay() throws Exception {
    try (AuditFiles files = AuditFiles.open(directory)) {
      files.connection(connection(NOON));
      files.connection(connection(MORROW));
      files.user(
          new AccessLog.UserChange(
              100,
              "ann",
              Optional.of("anne"),
              "rename",
              false,
              true,
              OptionalLong.empty(),
              1007,
              9,
              NOON));
      files.event(statement("select 1\nfrom t"));
    }

    assertThat(Files.readAllLines(directory.resolve("connectionlog-2026-11-21.log")))
        .containsExactly(
            "authenticated|Sat, 21 Nov 2026 12:00:00:500|127.0.0.1|5000|1007|dev|ann|password|12"
                + "|TLSv1.3|TLS_AES|||||psql|Li nux|JDBC 2|none|2||");
    assertThat(directory.resolve("connectionlog-2026-11-22.log")).isNotEmptyFile();
    assertThat(Files.readAllLines(directory.resolve("userlog-2026-11-21.log")))
        .containsExactly("100|ann|anne|rename|0|1|0||1007|9|Sat, 21 Nov 2026 12:00:00:500");
    assertThat(Files.readAllLines(directory.resolve("useractivitylog-2026-11-21.log")))
        .containsExactly(
            "'2026-11-21T12:00:00Z UTC [ db=dev user=ann pid=1007 userid=100 xid=4711 ]' LOG:"
                + " select 1 from t");
  }

  @Test
  void anotherRunGoesOnInTheSameFile() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (AuditFiles files = AuditFiles.open(directory)) {
        files.event(statement("select " + i));
      }
    }

    assertThat(Files.readAllLines(directory.resolve("useractivitylog-2026-11-21.log"))).hasSize(2);
  }
}
