package io.redward.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that say how much of the past is kept.
final class HistoryChoice {
  @Option(
      names = "--history-retention",
      paramLabel = "TIME",
      defaultValue = "1d",
      converter = Time.class,
      description =
          "How far back tables can be seen and brought back, as 30m, 12h or 7d; 0 for not at all"
              + " (default: ${DEFAULT-VALUE}). What was dropped takes space as long.")
  private Duration history = StorageSettings.DAY;

  @Option(
      names = "--snapshot-every",
      paramLabel = "TIME",
      defaultValue = "8h",
      converter = Time.class,
      description = "Time between automatic snapshots, 0 for none (default: ${DEFAULT-VALUE}).")
  private Duration every = StorageSettings.SNAPSHOT_EVERY;

  @Option(
      names = "--snapshot-retention",
      paramLabel = "TIME",
      defaultValue = "1d",
      converter = Time.class,
      description = "How long an automatic snapshot is kept (default: ${DEFAULT-VALUE}).")
  private Duration kept = StorageSettings.DAY;

  StorageSettings settings(Optional<StoreAddress> store, CacheSettings cache) {
    return new StorageSettings(store, history, every, kept, cache);
  }

  /// A number with a unit.
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      try {
        if (lower.equals("0")) {
          return Duration.ZERO;
        }
        long count = Long.parseLong(lower.substring(0, lower.length() - 1));
        return switch (lower.charAt(lower.length() - 1)) {
          case 's' -> Duration.ofSeconds(count);
          case 'm' -> Duration.ofMinutes(count);
          case 'h' -> Duration.ofHours(count);
          case 'd' -> Duration.ofDays(count);
          default -> throw new NumberFormatException(text);
        };
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new TypeConversionException("\"" + text + "\" is no time: use 30s, 30m, 12h or 7d");
      }
    }
  }
}
