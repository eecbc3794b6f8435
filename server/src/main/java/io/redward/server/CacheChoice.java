package io.redward.server;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that say what is kept near at hand.
final class CacheChoice {
  @Option(
      names = "--cache-memory",
      paramLabel = "SIZE",
      converter = Size.class,
      description =
          "Memory for blocks that are ready to be read, as 512m or 8g (default: two fifths of the"
              + " heap).")
  private Optional<Long> memory = Optional.empty();

  @Option(
      names = "--cache-disk",
      paramLabel = "SIZE",
      converter = Size.class,
      description =
          "Disk for blocks of a store that is not on this machine, as 50g; 0 for none (default: a"
              + " quarter of what is free, for a bucket).")
  private Optional<Long> disk = Optional.empty();

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description =
          "Directory of the disk cache, on the fastest disk, one a server (default: cache in the"
              + " data directory).")
  private Optional<Path> directory = Optional.empty();

  @Option(
      names = "--prefetch",
      paramLabel = "N",
      defaultValue = "" + CacheSettings.PREFETCH,
      description =
          "Requests read ahead at a time of a store that is not on this machine, 0 for none"
              + " (default: ${DEFAULT-VALUE}).")
  private int prefetch = CacheSettings.PREFETCH;

  CacheSettings settings() {
    return new CacheSettings(
        memory.map(OptionalLong::of).orElse(OptionalLong.empty()),
        disk.map(OptionalLong::of).orElse(OptionalLong.empty()),
        directory,
        Math.max(0, prefetch));
  }

  /// A number of bytes, or of kilobytes, megabytes, gigabytes or terabytes.
  static final class Size implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      String digits = lower.replaceFirst("[kmgt]?b?$", "");
      int shift =
          switch (lower.substring(digits.length())) {
            case "", "b" -> 0;
            case "k", "kb" -> 10;
            case "m", "mb" -> 20;
            case "g", "gb" -> 30;
            default -> 40;
          };
      try {
        long count = Long.parseLong(digits);
        if (count >= 0 && count <= Long.MAX_VALUE >> shift) {
          return count << shift;
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException(wrong(text));
      }
      throw new TypeConversionException(wrong(text));
    }

    private static String wrong(String text) {
      return "\"" + text + "\" is no size: use 500m, 20g or 1t";
    }
  }
}
