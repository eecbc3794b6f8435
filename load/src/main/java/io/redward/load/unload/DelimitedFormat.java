package io.redward.load.unload;

import io.redward.spi.UnloadRequest.Format;
import java.io.ByteArrayOutputStream;

/// Fields between delimiters, all or none of them quoted.
final class DelimitedFormat extends SeparatedFormat {
  private final Format.Delimited format;

  DelimitedFormat(Format.Delimited format) {
    super(format.delimiter(), format.nullText());
    this.format = format;
  }

  @Override
  void field(byte[] bytes, int length, ByteArrayOutputStream out) {
    if (format.addQuotes()) {
      out.write('"');
    }
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (format.escape() && isSpecial(b)) {
        out.write('\\');
      } else if (format.addQuotes() && b == '"') {
        out.write('"');
      }
      out.write(b);
    }
    if (format.addQuotes()) {
      out.write('"');
    }
  }

  private boolean isSpecial(byte b) {
    return b == '\n'
        || b == '\r'
        || b == '\\'
        || b == format.delimiter()
        || format.addQuotes() && (b == '"' || b == '\'');
  }
}
