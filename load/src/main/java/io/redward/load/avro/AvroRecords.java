package io.redward.load.avro;

import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// The records of an Avro file as JSON objects, one a line.
///
/// ```
///  "Obj" 1 │ metadata: map of bytes │ 16 bytes sync │ block ...
///  block:  long records │ long bytes │ the bytes, packed │ sync
/// ```
public final class AvroRecords extends InputStream {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int SYNC_BYTES = 16;

  /// A block that says it is larger than this is damaged.
  private static final int MAX_BLOCK_BYTES = 1 << 28;

  private final DataInputStream in;
  private final AvroSchema schema;
  private final String codec;
  private final byte[] sync = new byte[SYNC_BYTES];
  private byte[] text = new byte[0];
  private int at;

  /// @throws IOException if it is no Avro file
  public AvroRecords(InputStream file) throws IOException {
    in = new DataInputStream(file);
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("it is no Avro file");
    }
    Map<String, byte[]> metadata = metadata();
    byte[] written = metadata.get("avro.schema");
    if (written == null) {
      throw new IOException("the Avro file has no schema");
    }
    schema = AvroSchema.parse(written);
    codec =
        new String(
            metadata.getOrDefault("avro.codec", "null".getBytes(StandardCharsets.UTF_8)),
            StandardCharsets.UTF_8);
    in.readFully(sync);
  }

  private Map<String, byte[]> metadata() throws IOException {
    Map<String, byte[]> metadata = new HashMap<>();
    for (long count = number(); count != 0; count = number()) {
      if (count < 0) {
        count = -count;
        long unused = number();
      }
      for (long i = 0; i < count; i++) {
        String key = new String(in.readNBytes(size()), StandardCharsets.UTF_8);
        metadata.put(key, in.readNBytes(size()));
      }
    }
    return metadata;
  }

  private int size() throws IOException {
    long size = number();
    if (size < 0 || size > MAX_BLOCK_BYTES) {
      throw new IOException("the Avro file is damaged: a part of " + size + " bytes");
    }
    return (int) size;
  }

  private long number() throws IOException {
    byte[] digits = new byte[10];
    int count = 0;
    do {
      digits[count++] = in.readByte();
    } while (digits[count - 1] < 0 && count < digits.length);
    return new AvroBytes(digits, count).number();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    while (at == text.length) {
      if (!block()) {
        return -1;
      }
    }
    int count = Math.min(length, text.length - at);
    System.arraycopy(text, at, buffer, offset, count);
    at += count;
    return count;
  }

  private boolean block() throws IOException {
    long records;
    try {
      records = number();
    } catch (EOFException e) {
      return false;
    }
    byte[] packed = in.readNBytes(size());
    byte[] behind = in.readNBytes(SYNC_BYTES);
    if (!Arrays.equals(behind, sync)) {
      throw new IOException("the Avro file is damaged: a block does not end where it says");
    }
    byte[] values = unpacked(packed);
    AvroBytes bytes = new AvroBytes(values, values.length);
    StringBuilder lines = new StringBuilder();
    AvroText writer = new AvroText(bytes, lines);
    for (long i = 0; i < records; i++) {
      writer.write(schema);
      lines.append('\n');
    }
    text = lines.toString().getBytes(StandardCharsets.UTF_8);
    at = 0;
    return true;
  }

  private byte[] unpacked(byte[] packed) throws IOException {
    return switch (codec) {
      case "null" -> packed;
      case "deflate" -> inflated(packed);
      case "snappy" -> {
        // Four bytes of checksum follow.
        int length = Math.max(0, packed.length - Integer.BYTES);
        SnappyDecompressor snappy = SnappyDecompressor.create();
        byte[] out = new byte[snappy.getUncompressedLength(packed, 0)];
        int size = snappy.decompress(packed, 0, length, out, 0, out.length);
        yield size == out.length ? out : Arrays.copyOf(out, size);
      }
      case "zstandard" -> new ZstdInputStream(new ByteArrayInputStream(packed)).readAllBytes();
      default -> throw new IOException("the Avro codec " + codec + " is not supported");
    };
  }

  private static byte[] inflated(byte[] packed) throws IOException {
    Inflater raw = new Inflater(true);
    try (InputStream stream = new InflaterInputStream(new ByteArrayInputStream(packed), raw)) {
      return stream.readAllBytes();
    } finally {
      raw.end();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
