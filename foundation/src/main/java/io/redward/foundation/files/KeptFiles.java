package io.redward.foundation.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// A directory of things that a process has made and another can use, one file each:
///
/// | bytes | content |
/// |---|---|
/// | 8 | the kind, such as `RWCODE01` |
/// | 4 | CRC-32C of the rest, big-endian |
/// | rest | the thing |
///
/// The file's name is made of the SHA-256 of the version of who made it and that of a key, so that
/// another build finds nothing of this one's. Files are not forced to disk: what is torn or damaged
/// is not found and goes. When the directory holds too much, what was not used for longest goes.
/// Whatever goes wrong costs making the thing again and is no error. Thread-safe.
public final class KeptFiles {
  private static final int KIND_BYTES = 8;
  private static final int PREFIX_DIGITS = 16;
  private static final int HEADER_BYTES = KIND_BYTES + Integer.BYTES;

  private final Path directory;
  private final Kind kind;
  private final String prefix;
  private final Consumer<String> complaints;
  private long bytes;

  /// What the files hold.
  ///
  /// @param magic eight characters that each begins with
  /// @param suffix of their names
  /// @param maxBytes of all of them
  public record Kind(String magic, String suffix, long maxBytes) {
    public Kind {
      if (magic.length() != KIND_BYTES) {
        throw new IllegalArgumentException(magic);
      }
    }
  }

  /// Opens or makes the directory.
  ///
  /// @param version changes with every build whose things are not those of another
  /// @param complaints hears of damaged files
  public KeptFiles(Path directory, Kind kind, String version, Consumer<String> complaints)
      throws IOException {
    this.directory = directory;
    this.kind = kind;
    this.prefix = digest(version).substring(0, PREFIX_DIGITS) + "-";
    this.complaints = complaints;
    Files.createDirectories(directory);
    trim();
  }

  /// The thing of this key; empty if it is not there or damaged.
  public Optional<byte[]> find(String key) {
    Path file = file(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Optional<byte[]> content = read(file);
    if (content.isPresent()) {
      try {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      } catch (IOException e) {
        complaints.accept(file + " cannot be marked as used: " + e);
      }
    }
    return content;
  }

  /// All things of this version, what was used last first, each read when the stream comes to it;
  /// that is no use of it.
  public Stream<byte[]> latest() throws IOException {
    List<Kept> kept = kept(files());
    kept.sort(Comparator.comparing(Kept::used).reversed());
    return kept.stream()
        .filter(each -> each.file().getFileName().toString().startsWith(prefix))
        .flatMap(each -> read(each.file()).stream());
  }

  /// What a file holds; one that is damaged goes.
  private Optional<byte[]> read(Path file) {
    byte[] stored;
    try {
      stored = Files.readAllBytes(file);
    } catch (IOException e) {
      complaints.accept(file + " cannot be read: " + e);
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    if (stored.length <= HEADER_BYTES
        || !buffer.slice(0, KIND_BYTES).equals(ByteBuffer.wrap(magic()))
        || buffer.getInt(KIND_BYTES) != checksum(buffer.position(HEADER_BYTES))) {
      complaints.accept(file + " is damaged");
      drop(file);
      return Optional.empty();
    }
    byte[] content = new byte[stored.length - HEADER_BYTES];
    buffer.get(HEADER_BYTES, content);
    return Optional.of(content);
  }

  /// Keeps a thing, in place of what was kept by the key before.
  ///
  /// @throws IOException if it could not be; another try is not worth while
  public void keep(String key, byte[] content) throws IOException {
    ByteBuffer stored = ByteBuffer.allocate(HEADER_BYTES + content.length);
    stored.put(magic()).putInt(checksum(ByteBuffer.wrap(content))).put(content);
    Path temporary = Files.createTempFile(directory, "kept", ".new");
    Files.write(temporary, stored.array());
    Files.move(
        temporary, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    written(stored.capacity());
  }

  /// Deletes what is of no use any more.
  public void drop(String key) {
    drop(file(key));
  }

  private void drop(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      complaints.accept("not deleted: " + e);
    }
  }

  private byte[] magic() {
    return kind.magic().getBytes(StandardCharsets.US_ASCII);
  }

  private synchronized void written(long more) throws IOException {
    bytes += more;
    if (bytes > kind.maxBytes()) {
      trim();
    }
  }

  /// A file, its size, and when it was last used.
  private record Kept(Path file, long bytes, Instant used) {}

  /// Deletes leftovers, and the oldest files until a quarter of the room is free, if it is used up.
  private synchronized void trim() throws IOException {
    List<Path> files = files();
    for (Path file : files) {
      if (!isKept(file)) {
        Files.deleteIfExists(file);
      }
    }
    List<Kept> kept = kept(files);
    bytes = kept.stream().mapToLong(Kept::bytes).sum();
    long wanted = bytes > kind.maxBytes() ? kind.maxBytes() / 4 * 3 : kind.maxBytes();
    kept.sort(Comparator.comparing(Kept::used));
    for (Kept each : kept) {
      if (bytes <= wanted) {
        return;
      }
      Files.deleteIfExists(each.file());
      bytes -= each.bytes();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private boolean isKept(Path file) {
    return file.toString().endsWith(kind.suffix());
  }

  private List<Kept> kept(List<Path> files) throws IOException {
    List<Kept> kept = new ArrayList<>();
    for (Path file : files) {
      if (isKept(file)) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        kept.add(new Kept(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
      }
    }
    return kept;
  }

  private Path file(String key) {
    return directory.resolve(prefix + digest(key) + kind.suffix());
  }

  private static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static int checksum(ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }
}
