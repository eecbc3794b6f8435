package io.redward.load.unload;

import io.redward.spi.UnloadRequest.Format;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Fields quoted where they hold a delimiter, a quote or a line end, quotes doubled.
final class CsvFormat extends SeparatedFormat {
  private final Format.Csv format;

  CsvFormat(Format.Csv format) {
    super(format.delimiter(), format.nullText());
    this.format = format;
  }

  /// What reads like a null text that is not empty is quoted, so that it is not taken for one.
  @Override
  void field(byte[] bytes, int length, ByteArrayOutputStream out) {
    boolean quoted =
        length > 0
            && length == nullText.length
            && Arrays.equals(bytes, 0, length, nullText, 0, length);
    for (int i = 0; i < length && !quoted; i++) {
      byte b = bytes[i];
      quoted = b == format.delimiter() || b == format.quote() || b == '\n' || b == '\r';
    }
    if (!quoted) {
      out.write(bytes, 0, length);
      return;
    }
    out.write(format.quote());
    for (int i = 0; i < length; i++) {
      if (bytes[i] == format.quote()) {
        out.write(format.quote());
      }
      out.write(bytes[i]);
    }
    out.write(format.quote());
  }
}
