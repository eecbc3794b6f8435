package io.redward.load.shapefile;

import io.redward.load.columnar.MalformedFile;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// The records of a `.shp` file, one after another. Closes its stream.
final class ShapeStream implements AutoCloseable {
  private static final int FILE_CODE = 9994;
  private static final int HEADER_BYTES = 100;
  private static final int MOST_RECORD_BYTES = 256 << 20;

  private final DataInputStream in;

  ShapeStream(InputStream in) throws IOException {
    this.in = new DataInputStream(in);
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length < HEADER_BYTES || ByteBuffer.wrap(header).getInt() != FILE_CODE) {
      throw new MalformedFile("it does not begin as one");
    }
  }

  /// The next record, or empty at the end.
  Optional<byte[]> next() throws IOException {
    byte[] header = in.readNBytes(2 * Integer.BYTES);
    if (header.length == 0) {
      return Optional.empty();
    }
    long length = header.length < 2 * Integer.BYTES ? 0 : 2L * ByteBuffer.wrap(header).getInt(4);
    if (length < Integer.BYTES || length > MOST_RECORD_BYTES) {
      throw new MalformedFile("a record has " + length + " bytes");
    }
    byte[] record = in.readNBytes((int) length);
    if (record.length < length) {
      throw new MalformedFile("it ends within a record");
    }
    return Optional.of(record);
  }

  /// Whether a record says that there is no geometry.
  static boolean isNull(byte[] record) {
    return ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getInt() == 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
