package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.spi.CopyRequest.Format;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a client sends behind COPY FROM STDIN, put down in a file that is then loaded like any
/// other, and deleted. PostgreSQL's escapes (`\t`, `\n`) become what COPY understands: a backslash
/// and the character itself.
final class StandardInput implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path directory;
  private final Path file;

  private StandardInput(Path directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  static StandardInput receive(InputStream sent, Format format) {
    try {
      Path directory = Files.createTempDirectory("redward-copy");
      StandardInput input = new StandardInput(directory, directory.resolve("STDIN"));
      try (InputStream in = new BufferedInputStream(sent, BUFFER_BYTES);
          OutputStream out =
              new BufferedOutputStream(Files.newOutputStream(input.file), BUFFER_BYTES)) {
        if (format instanceof Format.Delimited) {
          decode(in, out);
        } else {
          in.transferTo(out);
        }
      } catch (IOException | SqlException e) {
        input.close();
        throw e;
      }
      return input;
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not receive the data to copy: " + e.getMessage(), e);
    }
  }

  /// The file's URL.
  String location() {
    return file.toUri().toString();
  }

  private static void decode(InputStream in, OutputStream out) throws IOException {
    boolean lineStart = true;
    int b = in.read();
    while (b >= 0) {
      if (b != '\\') {
        out.write(b);
        lineStart = b == '\n';
        b = in.read();
        continue;
      }
      int escaped = in.read();
      if (escaped == '.' && lineStart) {
        in.transferTo(OutputStream.nullOutputStream());
        return;
      }
      lineStart = false;
      if (escaped == 'x' || (escaped >= '0' && escaped <= '7')) {
        b = number(in, out, escaped);
        continue;
      }
      out.write('\\');
      if (escaped < 0) {
        return;
      }
      out.write(meaning(escaped));
      b = in.read();
    }
  }

  /// `\x41`, `\101`: a byte by its number. Returns what follows.
  private static int number(InputStream in, OutputStream out, int first) throws IOException {
    int radix = first == 'x' ? 16 : 8;
    int value = first == 'x' ? 0 : first - '0';
    int left = 2;
    int next = in.read();
    int digit = Character.digit(next, radix);
    if (first == 'x' && digit < 0) {
      out.write('\\');
      out.write('x');
      return next;
    }
    while (left > 0 && digit >= 0) {
      value = value * radix + digit;
      left--;
      next = in.read();
      digit = Character.digit(next, radix);
    }
    out.write('\\');
    out.write(value & 0xFF);
    return next;
  }

  private static int meaning(int escaped) {
    return switch (escaped) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      default -> escaped;
    };
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not delete " + file + ": " + e.getMessage(), e);
    }
  }
}
