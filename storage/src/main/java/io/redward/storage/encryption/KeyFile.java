package io.redward.storage.encryption;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A root key in a file: 64 hexadecimal digits.
public final class KeyFile implements KeyService {
  private static final int ID_BYTES = 8;

  private final AesKey key;
  private final String id;

  private KeyFile(byte[] key) {
    this.key = new AesKey(key);
    id = id(key);
  }

  /// @throws SqlException INVALID_PARAMETER_VALUE if the file cannot be read or holds no key
  public static KeyFile read(Path path) {
    byte[] key;
    try {
      key = HexFormat.of().parseHex(Files.readString(path, StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE,
          "could not read the encryption key file \"" + path + "\": " + e,
          e);
    } catch (IllegalArgumentException e) {
      throw noKey(path);
    }
    if (key.length != AesKey.KEY_BYTES) {
      throw noKey(path);
    }
    return new KeyFile(key);
  }

  /// Makes a random key in a new file that only its owner may read.
  public static KeyFile create(Path path) {
    byte[] key = AesKey.random();
    byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(path);
      }
      Files.write(path, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    } catch (FileAlreadyExistsException e) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "\"" + path + "\" exists; a key is never written over");
    } catch (IOException e) {
      throw new SqlException(SqlState.IO_ERROR, "could not write \"" + path + "\": " + e, e);
    }
    return new KeyFile(key);
  }

  @Override
  public String keyId() {
    return id;
  }

  @Override
  public byte[] wrap(byte[] other, byte[] context) {
    return key.wrap(other, context);
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) {
    return key.unwrap(wrapped, context);
  }

  private static String id(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  private static SqlException noKey(Path path) {
    return new SqlException(
            SqlState.INVALID_PARAMETER_VALUE,
            "the encryption key file \"" + path + "\" does not hold 64 hexadecimal digits")
        .withHint("Make a key with: redward encryption new-key FILE");
  }
}
