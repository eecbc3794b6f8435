package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Files that users have handed over to load them: `upload:ID/name` in FROM. Each user reads his
/// own and nobody else's, whatever else he may; they are deleted after an hour, and at a start.
///
/// @param directory ours alone; a directory for each user and in it one for each file
public record Uploads(Path directory) {
  /// What the location of one begins with.
  public static final String SCHEME = "upload:";

  /// Largest file.
  public static final long MOST_BYTES = 512L << 20;

  private static final int MOST_FILES = 4;
  private static final long MOST_BYTES_OF_ALL = 4L << 30;
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Pattern LOCATION =
      Pattern.compile(SCHEME + "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([^/\\\\]+)");
  private static final Pattern NAME = Pattern.compile("[\\w][\\w .()+-]{0,199}");

  /// Deletes what an earlier process has left.
  public Uploads {
    delete(directory);
  }

  /// Adds bytes to a file, the first ones making it.
  ///
  /// @param location what the first call gave; empty for a new file
  /// @param offset how much there is of it
  /// @return its location
  public String append(String user, String location, String name, long offset, byte[] bytes) {
    try {
      Path file;
      String known = location;
      if (location.isEmpty()) {
        require(NAME.matcher(name).matches(), "a file's name has letters, digits, \"._-+()\"");
        expire();
        require(files(of(user)).size() < MOST_FILES, "you have " + MOST_FILES + " files there");
        UUID id = UUID.randomUUID();
        known = SCHEME + id + "/" + name;
        file = of(user).resolve(id.toString()).resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
      } else {
        file = file(user, location);
      }
      require(Files.size(file) == offset, "the file has another size");
      require(offset + bytes.length <= MOST_BYTES, "a file may have " + (MOST_BYTES >> 20) + " MB");
      require(total() + bytes.length <= MOST_BYTES_OF_ALL, "there is no room for it now");
      Files.write(file, bytes, StandardOpenOption.APPEND);
      return known;
    } catch (IOException e) {
      throw new SqlException(SqlState.IO_ERROR, "could not keep the file: " + e.getMessage(), e);
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, "not taken: " + what);
    }
  }

  /// The file of a location.
  ///
  /// @throws SqlException if the user has none of it
  Path file(String user, String location) {
    Matcher parts = LOCATION.matcher(location);
    if (parts.matches() && NAME.matcher(parts.group(2)).matches()) {
      Path file = of(user).resolve(parts.group(1)).resolve(parts.group(2));
      if (Files.exists(file)) {
        return file;
      }
    }
    throw new SqlException(SqlState.UNDEFINED_FILE, "no such upload: \"" + location + "\"");
  }

  /// Forgets a file.
  public void forget(String user, String location) {
    delete(folder(file(user, location)));
  }

  /// Each file is alone in a folder of its own.
  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  private Path of(String user) {
    return directory.resolve(
        "u"
            + HexFormat.of()
                .formatHex(user.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
  }

  private void expire() throws IOException {
    Instant oldest = Instant.now().minus(LIFE);
    for (Path file : files(directory)) {
      if (Files.getLastModifiedTime(file).compareTo(FileTime.from(oldest)) < 0) {
        delete(folder(file));
      }
    }
  }

  private long total() throws IOException {
    long bytes = 0;
    for (Path file : files(directory)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void delete(Path directory) {
    try {
      FileTree.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
