package io.redward.load.orc;

import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.SourceColumn;
import io.redward.load.columnar.ValueBuffer;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The values of one column of one stripe, in order.
final class OrcColumn {
  /// What timestamps count from.
  private static final LocalDateTime BASE = LocalDateTime.of(2015, 1, 1, 0, 0);
  private static final long MICROS = 1_000_000;
  private static final long NANOS_OF_MILLI = 999_999;

  private final SourceColumn source;
  private final OrcType type;
  private final @Nullable ByteRuns present;
  private final OrcBytes data;
  private final ByteRuns bytes;
  private final IntegerRuns integers;
  private final IntegerRuns lengths;
  private final IntegerRuns secondary;
  private final boolean dictionary;
  private final int[] dictionaryOffsets;
  private final byte[] dictionaryBytes;
  private final ZoneId zone;
  private final long base;

  OrcColumn(OrcStreams streams, int column, SourceColumn source) {
    this.source = source;
    this.type = streams.type(column);
    this.present = streams.present(column);
    OrcStripe.Encoding encoding = streams.encoding(column);
    this.dictionary = encoding.hasDictionary();
    this.data = streams.open(column, OrcStripe.DATA);
    this.bytes = new ByteRuns(data);
    this.integers = new IntegerRuns(data, !dictionary, encoding.second());
    this.lengths = streams.integers(column, OrcStripe.LENGTH, false);
    boolean decimal = type.kind() == OrcType.Kind.DECIMAL;
    this.secondary = streams.integers(column, OrcStripe.SECONDARY, decimal);
    this.dictionaryBytes =
        dictionary ? streams.open(column, OrcStripe.DICTIONARY).bytes : new byte[0];
    this.dictionaryOffsets = dictionary ? offsets(encoding.dictionarySize()) : new int[0];
    this.zone = type.kind() == OrcType.Kind.TIMESTAMP_INSTANT ? ZoneOffset.UTC : streams.zone();
    this.base = BASE.atZone(zone).toEpochSecond();
  }

  private int[] offsets(int size) {
    if (size < 0 || size > dictionaryBytes.length + (1 << 20)) {
      throw new MalformedFile("a dictionary of " + size + " words");
    }
    int[] offsets = new int[size + 1];
    for (int i = 0; i < size; i++) {
      long end = offsets[i] + lengths.next();
      if (end < offsets[i] || end > dictionaryBytes.length) {
        throw new MalformedFile("a dictionary is cut off");
      }
      offsets[i + 1] = (int) end;
    }
    return offsets;
  }

  ValueBuffer buffer(int size) {
    return new ValueBuffer(source.form(), size);
  }

  /// Whether the next row has a value.
  boolean nextPresent() {
    return present == null || present.nextBit();
  }

  /// Decodes the next values that are there.
  void decode(ValueBuffer out, int count) {
    switch (type.kind()) {
      case BOOLEAN -> {
        for (int i = 0; i < count; i++) {
          out.longs[i] = bytes.nextBit() ? 1 : 0;
        }
      }
      case BYTE -> {
        for (int i = 0; i < count; i++) {
          out.longs[i] = bytes.next();
        }
      }
      case SHORT, INT, LONG, DATE -> integers.read(out.longs, count);
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          out.doubles[i] = Float.intBitsToFloat((int) data.littleEndian(4));
        }
      }
      case DOUBLE -> {
        for (int i = 0; i < count; i++) {
          out.doubles[i] = Double.longBitsToDouble(data.littleEndian(8));
        }
      }
      case STRING, VARCHAR, CHAR, BINARY -> strings(out, count);
      case TIMESTAMP, TIMESTAMP_INSTANT -> timestamps(out.longs, count);
      case DECIMAL -> decimals(out, count);
      case LIST, MAP, STRUCT, UNION ->
          throw new MalformedFile("column \"" + source.name() + "\" has no values of its own");
    }
  }

  private void strings(ValueBuffer out, int count) {
    if (!dictionary) {
      out.bytes = data.bytes;
      for (int i = 0; i < count; i++) {
        long length = lengths.next();
        data.require(length);
        out.offsets[i] = data.at;
        out.lengths[i] = (int) length;
        data.at += (int) length;
      }
      return;
    }
    out.bytes = dictionaryBytes;
    for (int i = 0; i < count; i++) {
      long word = integers.next();
      if (word < 0 || word >= dictionaryOffsets.length - 1) {
        throw new MalformedFile("an index is outside of its dictionary");
      }
      out.offsets[i] = dictionaryOffsets[(int) word];
      out.lengths[i] = dictionaryOffsets[(int) word + 1] - out.offsets[i];
    }
  }

  /// Seconds since 2015 by the writer's clock, and nanoseconds without their trailing zeros.
  private void timestamps(long[] out, int count) {
    for (int i = 0; i < count; i++) {
      long seconds = integers.next() + base;
      long packed = secondary.next();
      int zeros = (int) packed & 7;
      long nanos = packed >>> 3;
      for (int k = 0; zeros > 0 && k <= zeros; k++) {
        nanos *= 10;
      }
      if (seconds < 0 && nanos > NANOS_OF_MILLI) {
        seconds--;
      }
      if (!zone.equals(ZoneOffset.UTC)) {
        seconds += zone.getRules().getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
      }
      out[i] = Math.addExact(Math.multiplyExact(seconds, MICROS), nanos / 1_000);
    }
  }

  private void decimals(ValueBuffer out, int count) {
    boolean narrow = out.longs.length > 0;
    int at = 0;
    for (int i = 0; i < count; i++) {
      BigInteger value = data.wide();
      int missing = type.scale() - (int) secondary.next();
      if (missing > 0 && missing <= 38) {
        value = value.multiply(BigInteger.TEN.pow(missing));
      } else if (missing < 0 && missing >= -38) {
        value = value.divide(BigInteger.TEN.pow(-missing));
      } else if (missing != 0) {
        throw new MalformedFile("a decimal has a scale out of range");
      }
      if (narrow) {
        out.longs[i] = value.longValueExact();
        continue;
      }
      byte[] bytes = value.toByteArray();
      if (i == 0 || out.bytes.length - at < bytes.length) {
        out.bytes = i == 0 ? new byte[count * 20] : Arrays.copyOf(out.bytes, out.bytes.length * 2);
      }
      System.arraycopy(bytes, 0, out.bytes, at, bytes.length);
      out.offsets[i] = at;
      out.lengths[i] = bytes.length;
      at += bytes.length;
    }
  }
}
