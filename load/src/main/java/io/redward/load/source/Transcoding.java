package io.redward.load.source;

import io.redward.spi.CopyRequest.Encoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A text in another encoding as UTF-8 bytes.
final class Transcoding extends InputStream {
  private static final int CHARACTERS = 1 << 15;

  private final Reader reader;
  private final char[] characters = new char[CHARACTERS];
  private byte[] bytes = new byte[0];
  private int position;

  private Transcoding(InputStream in, Charset charset) {
    reader =
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  static InputStream toUtf8(InputStream in, Encoding encoding) {
    return switch (encoding) {
      case UTF8 -> in;
      case UTF16 -> new Transcoding(in, StandardCharsets.UTF_16);
      case UTF16LE -> new Transcoding(in, StandardCharsets.UTF_16LE);
      case UTF16BE -> new Transcoding(in, StandardCharsets.UTF_16BE);
      case ISO88591 -> new Transcoding(in, StandardCharsets.ISO_8859_1);
    };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (position == bytes.length && !fill()) {
      return -1;
    }
    int count = Math.min(length, bytes.length - position);
    System.arraycopy(bytes, position, buffer, offset, count);
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    int count;
    try {
      count = reader.read(characters, 0, CHARACTERS - 1);
      if (count > 0 && Character.isHighSurrogate(characters[count - 1])) {
        int rest = reader.read(characters, count, 1);
        count += Math.max(0, rest);
      }
    } catch (CharacterCodingException e) {
      throw new IOException("the text is not in the encoding that ENCODING names", e);
    }
    if (count < 0) {
      return false;
    }
    bytes = new String(characters, 0, count).getBytes(StandardCharsets.UTF_8);
    position = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
