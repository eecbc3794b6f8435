package io.redward.storage.block.encoding;

import io.redward.foundation.batch.BytesView;
import io.redward.foundation.types.Physical;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the bytes of [BodyEncoder] into the form that decodes.
public final class BodyReader {
  private static final int MAX_OFFSET = BytesView.MAX_PAGE_BYTES - 1;
  private static final int CHECK_ROWS = 2048;

  private final Encoding encoding;
  private final int rowCount;
  private final ByteReader in;

  private BodyReader(Encoding encoding, int rowCount, ByteReader in) {
    this.encoding = encoding;
    this.rowCount = rowCount;
    this.in = in;
  }

  public static Body read(Encoding encoding, Physical physical, int rowCount, ByteReader in) {
    BodyReader reader = new BodyReader(encoding, rowCount, in);
    Body body =
        switch (physical) {
          case INT -> reader.ints();
          case LONG -> reader.longs();
          case DOUBLE -> reader.doubles();
          case INT128 -> reader.wide();
          case BYTES -> reader.bytes();
        };
    in.expectEnd();
    return body;
  }

  private IntBody ints() {
    return switch (encoding) {
      case RAW -> new RawInts(in.readInts(rowCount));
      case CONSTANT -> new ConstantInts(in.remaining() == 0 ? 0 : in.readInt());
      case PACKED -> PackedFormat.readInts(in, rowCount);
      case RUNLENGTH -> {
        int[] ends = Runs.readEnds(in, rowCount);
        yield new RunInts(in.readInts(ends.length), ends);
      }
      case DICTIONARY -> {
        int[] entries = in.readInts(in.readCount(4));
        yield new DictionaryInts(entries, codes(entries.length));
      }
      case SCALED, NARROWED, SYMBOLS, SPLIT -> throw unfit();
    };
  }

  private LongBody longs() {
    return switch (encoding) {
      case RAW -> new RawLongs(in.readLongs(rowCount));
      case CONSTANT -> new ConstantLongs(in.remaining() == 0 ? 0 : in.readLong());
      case PACKED -> PackedFormat.readLongs(in, rowCount);
      case RUNLENGTH -> {
        int[] ends = Runs.readEnds(in, rowCount);
        yield new RunLongs(in.readLongs(ends.length), ends);
      }
      case DICTIONARY -> {
        long[] entries = in.readLongs(in.readCount(8));
        yield new DictionaryLongs(entries, codes(entries.length));
      }
      case SCALED, NARROWED, SYMBOLS, SPLIT -> throw unfit();
    };
  }

  private DoubleBody doubles() {
    return switch (encoding) {
      case RAW -> new RawDoubles(in.readDoubles(rowCount));
      case CONSTANT ->
          new ConstantDoubles(in.remaining() == 0 ? 0 : Double.longBitsToDouble(in.readLong()));
      case DICTIONARY -> {
        double[] entries = in.readDoubles(in.readCount(8));
        yield new DictionaryDoubles(entries, codes(entries.length));
      }
      case SCALED -> {
        double divisor = Double.longBitsToDouble(in.readLong());
        Exceptions exceptions = Exceptions.read(in, rowCount);
        yield new ScaledDoubles(PackedFormat.readLongs(in, rowCount), divisor, exceptions);
      }
      case NARROWED -> new FloatDoubles(in.readFloats(rowCount));
      case RUNLENGTH -> {
        int[] ends = Runs.readEnds(in, rowCount);
        yield new RunDoubles(in.readDoubles(ends.length), ends);
      }
      case SPLIT -> split();
      case PACKED, SYMBOLS -> throw unfit();
    };
  }

  private SplitDoubles split() {
    int count = in.readByte();
    if (count < 1 || count > SplitDoubles.MAX_LEFTS) {
      throw new MalformedBytesException(count + " left parts of doubles");
    }
    long[] lefts = in.readLongs(count);
    Exceptions exceptions = Exceptions.read(in, rowCount);
    return new SplitDoubles(lefts, codes(count), PackedFormat.readLongs(in, rowCount), exceptions);
  }

  private WideBody wide() {
    return switch (encoding) {
      case RAW -> new RawWide(in.readLongs(rowCount), in.readLongs(rowCount));
      case CONSTANT ->
          in.remaining() == 0
              ? new ConstantWide(0, 0)
              : new ConstantWide(in.readLong(), in.readLong());
      case NARROWED ->
          new NarrowedWide(new BodyReader(Encoding.of(in.readByte()), rowCount, in).longs());
      case PACKED, RUNLENGTH, DICTIONARY, SCALED, SYMBOLS, SPLIT -> throw unfit();
    };
  }

  private BytesBody bytes() {
    return switch (encoding) {
      case RAW -> strings(rowCount);
      case CONSTANT -> new DictionaryBytes(strings(in.readInt()), new ConstantInts(0));
      case DICTIONARY -> dictionary();
      case RUNLENGTH -> runs();
      case SYMBOLS -> symbols();
      case PACKED, SCALED, NARROWED, SPLIT -> throw unfit();
    };
  }

  private DictionaryBytes dictionary() {
    StringBytes entries = strings(in.readInt());
    return new DictionaryBytes(entries, codes(entries.views().length));
  }

  private DictionaryBytes runs() {
    StringBytes values = strings(in.readInt());
    int[] ends = Runs.readEnds(in, rowCount);
    if (ends.length != values.views().length) {
      throw new MalformedBytesException("runs and their values differ in number");
    }
    int[] codes = new int[ends.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i;
    }
    return new DictionaryBytes(values, new RunInts(codes, ends));
  }

  private StringBytes symbols() {
    int[] lengths = lengths(rowCount);
    SymbolTable table = SymbolTable.read(in);
    int codes = in.remaining();
    int start = in.skip(codes);
    long textBytes = 0;
    for (int length : lengths) {
      textBytes += length & 0xFFFF_FFFFL;
    }
    byte[] text = table.decode(in.array(), start, codes, textBytes);
    return new BodyReader(Encoding.RAW, rowCount, new ByteReader(text)).strings(lengths);
  }

  /// A code a row, all of them below `entries`.
  private IntBody codes(int entries) {
    PackedInts codes = PackedFormat.readInts(in, rowCount);
    int[] buffer = new int[Math.min(CHECK_ROWS, rowCount)];
    for (int from = 0; from < rowCount; from += CHECK_ROWS) {
      int count = Math.min(CHECK_ROWS, rowCount - from);
      codes.decode(from, count, buffer);
      int largest = Integer.MIN_VALUE;
      for (int i = 0; i < count; i++) {
        largest = Math.max(largest, buffer[i] ^ Integer.MIN_VALUE);
      }
      if (Integer.compareUnsigned(largest ^ Integer.MIN_VALUE, entries) >= 0) {
        throw new MalformedBytesException("a code is beyond its dictionary");
      }
    }
    return codes;
  }

  private int[] lengths(int count) {
    if (count < 0 || count > rowCount) {
      throw new MalformedBytesException(count + " strings in a block of " + rowCount + " rows");
    }
    PackedInts packed = PackedFormat.readInts(in, count);
    int[] lengths = new int[count];
    packed.decode(0, count, lengths);
    return lengths;
  }

  private StringBytes strings(int count) {
    return strings(lengths(count));
  }

  private StringBytes strings(int[] lengths) {
    int count = lengths.length;
    long[] views = new long[count];
    List<byte[]> pages = new ArrayList<>();
    int pageStart = 0;
    int at = 0;
    int start = in.position();
    for (int i = 0; i < count; i++) {
      int length = lengths[i];
      if (length < 0 || length > BytesView.MAX_LENGTH || length > in.remaining() - at) {
        throw new MalformedBytesException("a string is longer than its block");
      }
      if (at + length - pageStart > BytesView.MAX_PAGE_BYTES || at - pageStart > MAX_OFFSET) {
        pages.add(Arrays.copyOfRange(in.array(), start + pageStart, start + at));
        pageStart = at;
      }
      views[i] = BytesView.of(pages.size(), at - pageStart, length);
      at += length;
    }
    in.skip(at);
    pages.add(Arrays.copyOfRange(in.array(), start + pageStart, start + at));
    return new StringBytes(pages.toArray(new byte[0][]), views);
  }

  private MalformedBytesException unfit() {
    return new MalformedBytesException("encoding " + encoding + " does not fit the column's type");
  }
}
