package io.redward.load.orc;

import io.redward.load.columnar.MalformedFile;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A stripe's footer: where the streams of its columns are.
///
/// @param encodings of the columns
/// @param zone of those who wrote it
record OrcStripe(List<Stream> streams, List<Encoding> encodings, ZoneId zone) {
  static final int PRESENT = 0;
  static final int DATA = 1;
  static final int LENGTH = 2;
  static final int DICTIONARY = 3;
  static final int SECONDARY = 5;

  /// @param offset from the file's beginning
  record Stream(int kind, int column, long offset, long length) {}

  /// @param kind direct, dictionary, and both with integers of the second version
  record Encoding(int kind, int dictionarySize) {
    boolean hasDictionary() {
      return kind == 1 || kind == 3;
    }

    boolean second() {
      return kind >= 2;
    }
  }

  /// Reads a stripe's footer.
  ///
  /// @param offset where the stripe begins
  static OrcStripe read(byte[] footer, long offset) {
    ProtoReader in = new ProtoReader(footer, 0, footer.length);
    List<Stream> streams = new ArrayList<>();
    List<Encoding> encodings = new ArrayList<>();
    ZoneId zone = ZoneOffset.UTC;
    long at = offset;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> {
          Stream stream = stream(in.message(), at);
          at += stream.length;
          streams.add(stream);
        }
        case 2 -> encodings.add(encoding(in.message()));
        case 3 -> zone = zone(in.text());
        default -> in.skip();
      }
    }
    return new OrcStripe(List.copyOf(streams), List.copyOf(encodings), zone);
  }

  private static ZoneId zone(String name) {
    try {
      return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name, ZoneId.SHORT_IDS).normalized();
    } catch (DateTimeException e) {
      throw new MalformedFile("its time zone \"" + name + "\" is not known");
    }
  }

  private static Stream stream(ProtoReader in, long offset) {
    int kind = 0;
    int column = 0;
    long length = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> kind = in.count();
        case 2 -> column = in.count();
        case 3 -> length = in.number();
        default -> in.skip();
      }
    }
    if (length < 0) {
      throw new MalformedFile("a stream of " + length + " bytes");
    }
    return new Stream(kind, column, offset, length);
  }

  private static Encoding encoding(ProtoReader in) {
    int kind = 0;
    int size = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> kind = in.count();
        case 2 -> size = in.count();
        default -> in.skip();
      }
    }
    return new Encoding(kind, size);
  }

  /// The stream of a kind that a column has.
  Optional<Stream> stream(int column, int kind) {
    return streams.stream().filter(s -> s.column == column && s.kind == kind).findFirst();
  }
}
