package io.redward.load.orc;

import io.redward.load.columnar.MalformedFile;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The streams of one stripe.
record OrcStreams(OrcFile file, OrcStripe stripe) {
  /// A stream's bytes, which are none if the column does not have it.
  OrcBytes open(int column, int kind) {
    return find(column, kind).orElseGet(() -> new OrcBytes(new byte[0]));
  }

  private Optional<OrcBytes> find(int column, int kind) {
    return stripe.stream(column, kind)
        .map(stream -> new OrcBytes(file.unpacked(stream.offset(), stream.length())));
  }

  /// Which rows have a value, or null if all have.
  @Nullable ByteRuns present(int column) {
    return find(column, OrcStripe.PRESENT).map(ByteRuns::new).orElse(null);
  }

  OrcStripe.Encoding encoding(int column) {
    if (column >= stripe.encodings().size()) {
      throw new MalformedFile("a column has no encoding");
    }
    return stripe.encodings().get(column);
  }

  IntegerRuns integers(int column, int kind, boolean signed) {
    return new IntegerRuns(open(column, kind), signed, encoding(column).second());
  }

  OrcType type(int column) {
    return file.type(column);
  }

  ZoneId zone() {
    return stripe.zone();
  }
}
