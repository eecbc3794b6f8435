package io.redward.leader.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.leader.history.HistoryLog.Limits;
import io.redward.leader.system.Incident;
import io.redward.leader.system.PlanText;
import io.redward.leader.system.ProcedureMessage;
import io.redward.leader.system.QueryLog.Entry;
import io.redward.leader.system.QueryLog.Event;
import io.redward.leader.system.QueryLog.Issuer;
import io.redward.leader.system.QueryLog.LoadErrorEntry;
import io.redward.leader.system.QueryLog.LoadFileEntry;
import io.redward.leader.system.QueryLog.LoadState;
import io.redward.leader.system.QueryLog.Outcome;
import io.redward.leader.system.QueryLog.SegmentRun;
import io.redward.leader.system.QueryLog.SegmentShare;
import io.redward.leader.system.QueryLog.SessionEnd;
import io.redward.leader.system.QueryLog.UnloadEntry;
import io.redward.leader.system.StatementType;
import io.redward.leader.system.StepRun;
import io.redward.leader.system.ViewRefresh;
import io.redward.leader.system.ViewState;
import io.redward.plan.run.Routing;
import io.redward.plan.run.SegmentProfile;
import io.redward.spi.LoadError;
import io.redward.spi.LoadedFile;
import io.redward.spi.Unloader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryLogTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Issuer ISSUER = new Issuer(1007, 100, "ann", "dev");

  @TempDir private Path directory;

  private static Entry entry(int query, Instant start) {
    SegmentProfile profile =
        new SegmentProfile(
            0,
            1,
            10,
            2,
            64,
            0,
            5_000,
            new SegmentProfile.Code(500, 200, true),
            4_096,
            new SegmentProfile.Blocks(3, 1, 700, 90, 12, 2));
    StepRun step = new StepRun(StepRun.Kind.SCAN, 100_007, "orders", true, 10);
    return new Entry(
        query,
        query + 1_000L,
        ISSUER,
        "nightly",
        StatementType.COPY,
        "copy orders from 'ä'",
        start,
        Optional.of(
            new Outcome(
                start.plusMillis(5),
                query + 1_000L,
                2,
                "no",
                true,
                31,
                17,
                18,
                19,
                List.of(
                    new SegmentRun(
                        profile,
                        "scan orders",
                        List.of(step),
                        List.of(
                            new SegmentShare(
                                128, 7, 9, 0, List.of(4L), SegmentProfile.Blocks.NONE)))),
                PlanText.of(List.of("XN Seq Scan", "  Filter: x")),
                0,
                Optional.of(new LoadState(query, "orders", 2, 10, 20)),
                Routing.SCALING)));
  }

  private void write(Limits limits, Event... events) throws IOException {
    try (HistoryLog log = HistoryLog.open(directory, limits)) {
      for (Event event : events) {
        log.accept(event);
      }
    }
  }

  private List<Event> earlier() throws IOException {
    try (HistoryLog log = HistoryLog.open(directory, Limits.DEFAULT)) {
      return log.earlier(NOW);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void eventsComeBackAsTheyWere() throws Exception {
    Entry statement = entry(101, NOW);
    Event[] others = {
      new LoadErrorEntry(
          101,
          7,
          ISSUER,
          100_007,
          NOW,
          new LoadError("f.csv", 3, "a", "integer", 1, "x|y", "x", 1207, "Invalid digit")),
      new ProcedureMessage(101, 7, ISSUER, NOW, "INFO", "hello"),
      new Incident(Incident.Kind.DISK_FULL, 101, 7, ISSUER, NOW, List.of("12")),
      new UnloadEntry(102, 8, ISSUER, NOW, new Unloader.Written("s3://b/x", 10, 2)),
      new SessionEnd(ISSUER, NOW.minusSeconds(60), NOW, 60, true),
      new ViewRefresh(
          ISSUER, 9, 100_011, "public", "mv", true, "done", "why", NOW.minusSeconds(1), NOW),
      new ViewState(
          ISSUER,
          10,
          "TRUNCATE",
          new ViewState.Name("public", "t"),
          new ViewState.Name("public", "mv"),
          "Recompute",
          NOW),
      new LoadFileEntry(
          103,
          9,
          ISSUER,
          5,
          NOW,
          new LoadedFile("s3://b/y", 10, 2, 1, NOW, NOW, NOW.minusSeconds(9)))
    };
    write(
        Limits.DEFAULT,
        statement,
        others[0],
        others[1],
        others[2],
        others[3],
        others[4],
        others[5],
        others[6],
        others[7]);

    List<Event> back = earlier();

    assertThat(back.subList(1, 9)).containsExactly(others);
    Entry read = (Entry) back.getFirst();
    assertThat(read.outcome().orElseThrow().plan().lines())
        .containsExactly("XN Seq Scan", "  Filter: x");
    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("outcome.value.plan")
        .isEqualTo(statement);
  }

  @Test
  void numbersGoOnWhereTheyWere() throws Exception {
    write(Limits.DEFAULT, entry(101, NOW), entry(102, NOW));
    write(Limits.DEFAULT, entry(250, NOW));

    try (HistoryLog log = HistoryLog.open(directory, Limits.DEFAULT)) {
      assertThat(log.lastQuery()).isEqualTo(250);
      assertThat(log.lastTransaction()).isEqualTo(1_250);
    }
  }

  @Test
  void aDamagedEventIsLeftOutAndACutOneEndsItsFileOnly() throws Exception {
    write(Limits.DEFAULT, entry(101, NOW), entry(102, NOW), entry(103, NOW));
    write(Limits.DEFAULT, entry(104, NOW));
    Path first = files().getFirst();
    byte[] bytes = Files.readAllBytes(first);
    bytes[60] ^= 1;
    Files.write(first, Arrays.copyOf(bytes, bytes.length - 5));

    assertThat(earlier().stream().map(event -> ((Entry) event).queryId()))
        .containsExactly(102, 104);
  }

  @Test
  void aFileThatIsNoneOfOursIsLeftAlone() throws Exception {
    Files.writeString(directory.resolve("0000000001.history"), "not a history at all");
    Files.writeString(directory.resolve("notes.txt"), "hello");
    write(Limits.DEFAULT, entry(101, NOW));

    assertThat(earlier()).hasSize(1);
    assertThat(directory.resolve("notes.txt")).exists();
  }

  @Test
  void whatIsTooOldIsNotShownAndTheOldestFilesGo() throws Exception {
    Instant old = NOW.minus(Duration.ofDays(8));
    Limits small = new Limits(Duration.ofDays(7), 2_000, 500);
    for (int i = 0; i < 10; i++) {
      write(small, entry(101 + i, i < 8 ? old : NOW));
    }

    assertThat(earlier()).hasSize(2);
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThanOrEqualTo(2_000);
  }

  @Test
  void moreEventsThanAreQueuedWaitAndAreAllKept() throws Exception {
    int count = 60_000;
    try (HistoryLog log = HistoryLog.open(directory, Limits.DEFAULT)) {
      Thread other = Thread.ofPlatform().start(() -> sessions(log, count / 2));
      sessions(log, count / 2);
      other.join();
      assertThat(log.dropped()).isZero();
    }

    assertThat(earlier()).hasSize(count);
  }

  private static void sessions(HistoryLog log, int count) {
    for (int i = 0; i < count; i++) {
      log.accept(new SessionEnd(ISSUER, NOW.minusSeconds(60), NOW, 60, true));
    }
  }
}
