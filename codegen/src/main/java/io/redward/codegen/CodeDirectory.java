package io.redward.codegen;

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
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Class files in a directory, one file a program:
///
/// | bytes | content |
/// |---|---|
/// | 8 | `RWCODE01` |
/// | 4 | CRC-32C of the class file, big-endian |
/// | rest | the class file |
///
/// The file's name is the SHA-256 of engine version and program, so that another build finds
/// nothing of this one's. Files are not forced to disk: what is torn is not found. When the
/// directory holds too much, what was not used for longest goes. Whatever goes wrong costs a
/// compilation and is no error.
public final class CodeDirectory implements CodeStore {
  private static final Logger LOG = LoggerFactory.getLogger(CodeDirectory.class);
  private static final byte[] MAGIC = "RWCODE01".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = MAGIC.length + Integer.BYTES;
  private static final String SUFFIX = ".code";

  private final Path directory;
  private final String engineVersion;
  private final long maxBytes;
  private long bytes;

  private CodeDirectory(Path directory, String engineVersion, long maxBytes) {
    this.directory = directory;
    this.engineVersion = engineVersion;
    this.maxBytes = maxBytes;
  }

  /// Opens or makes the directory; where that cannot be, nothing is kept.
  ///
  /// @param engineVersion changes with every build whose programs are not those of another
  public static CodeStore open(Path directory, String engineVersion, long maxBytes) {
    try {
      Files.createDirectories(directory);
      CodeDirectory opened = new CodeDirectory(directory, engineVersion, maxBytes);
      opened.trim();
      return opened;
    } catch (IOException e) {
      LOG.warn("no code is kept in {}: {}", directory, e.toString());
      return CodeStore.NONE;
    }
  }

  @Override
  public Optional<byte[]> find(String program) {
    Path file = file(program);
    byte[] stored;
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      stored = Files.readAllBytes(file);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      LOG.debug("code not read: {}", e.toString());
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    if (stored.length <= HEADER_BYTES
        || !buffer.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))
        || buffer.getInt(MAGIC.length) != checksum(buffer.position(HEADER_BYTES))) {
      LOG.warn("the damaged file {} is left aside", file);
      return Optional.empty();
    }
    byte[] code = new byte[stored.length - HEADER_BYTES];
    buffer.get(HEADER_BYTES, code);
    return Optional.of(code);
  }

  @Override
  public void keep(String program, byte[] code) {
    ByteBuffer content = ByteBuffer.allocate(HEADER_BYTES + code.length);
    content.put(MAGIC).putInt(checksum(ByteBuffer.wrap(code))).put(code);
    Path file = file(program);
    try {
      Path temporary = Files.createTempFile(directory, "code", ".new");
      Files.write(temporary, content.array());
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written(content.capacity());
    } catch (IOException e) {
      LOG.debug("code not kept: {}", e.toString());
    }
  }

  private synchronized void written(long more) throws IOException {
    bytes += more;
    if (bytes > maxBytes) {
      trim();
    }
  }

  /// A file, its size, and when it was last used.
  private record Kept(Path file, long bytes, Instant used) {}

  /// Deletes leftovers, and the oldest files until a quarter of the room is free, if it is used up.
  private synchronized void trim() throws IOException {
    List<Kept> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (file.toString().endsWith(SUFFIX)) {
          BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
          kept.add(new Kept(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
        } else {
          Files.deleteIfExists(file);
        }
      }
    }
    bytes = kept.stream().mapToLong(Kept::bytes).sum();
    long wanted = bytes > maxBytes ? maxBytes / 4 * 3 : maxBytes;
    kept.sort(Comparator.comparing(Kept::used));
    for (Kept each : kept) {
      if (bytes <= wanted) {
        return;
      }
      Files.deleteIfExists(each.file());
      bytes -= each.bytes();
    }
  }

  private Path file(String program) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(engineVersion.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(program.getBytes(StandardCharsets.UTF_8));
      return directory.resolve(HexFormat.of().formatHex(digest.digest()) + SUFFIX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static int checksum(ByteBuffer code) {
    CRC32C crc = new CRC32C();
    crc.update(code);
    return (int) crc.getValue();
  }
}
