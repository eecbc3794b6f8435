package io.redward.storage.namespace;

import io.redward.storage.commit.Superblock;
import io.redward.storage.table.History;
import io.redward.storage.table.SavedSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves the namespace every now and then, if it has changed, and drops what has expired.
public final class AutomaticSnapshots {
  private static final Logger LOGGER = LoggerFactory.getLogger(AutomaticSnapshots.class);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'auto-'yyyy-MM-dd-HH-mm-ss", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Schedule schedule;

  AutomaticSnapshots(Schedule schedule) {
    this.schedule = schedule;
  }

  /// When the namespace is saved by itself.
  ///
  /// @param every time between two; zero for never
  /// @param kept how long one is kept
  public record Schedule(Duration every, Duration kept, InstantSource clock) {
    public static final Schedule NONE =
        new Schedule(Duration.ZERO, Duration.ZERO, InstantSource.system());

    /// Every eight hours, kept for a day.
    public static Schedule defaults() {
      return new Schedule(Duration.ofHours(8), Duration.ofDays(1), InstantSource.system());
    }
  }

  void run(StoredHistory history, Superblock current) {
    Instant now = schedule.clock().instant();
    long nowMicros = now.toEpochMilli() * 1_000;
    long newest = 0;
    long newestVersion = 0;
    for (SavedSnapshot snapshot : history.saved()) {
      if (snapshot.expiresMicros().orElse(Long.MAX_VALUE) <= nowMicros) {
        history.drop(snapshot.name());
        LOGGER.info("snapshot \"{}\" has expired", snapshot.name());
      } else if (snapshot.automatic() && snapshot.createdMicros() > newest) {
        newest = snapshot.createdMicros();
        newestVersion = snapshot.version();
      }
    }
    boolean due =
        !schedule.every().isZero()
            && nowMicros - newest >= schedule.every().toMillis() * 1_000
            // The commit of the snapshot itself is no change.
            && current.version() > newestVersion + 1;
    if (due) {
      history.save(
          new History.SaveRequest(
              NAME.format(now),
              "rdsdb",
              OptionalLong.empty(),
              "namespace",
              Optional.of(now.plus(schedule.kept()))),
          true);
    }
  }
}
