package io.redward.load.orc;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.columnar.ColumnConverter;
import io.redward.load.columnar.ColumnarFile;
import io.redward.load.columnar.FieldReader;
import io.redward.load.columnar.FileBytes;
import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.SourceColumn;
import io.redward.load.columnar.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An open file and its footer. Safe for several threads.
public final class OrcFile implements ColumnarFile {
  private static final String MAGIC = "ORC";
  private static final int MAX_TYPES = 100_000;

  private record Stripe(long offset, long index, long data, long footer, long rows) {}

  private final FileBytes contents;
  private final OrcCodec codec;
  private final List<Stripe> stripes = new ArrayList<>();
  private final List<OrcType> types = new ArrayList<>();

  private OrcFile(FileBytes contents) {
    this.contents = contents;
    long size = contents.size();
    if (size < MAGIC.length() + 1) {
      throw new MalformedFile("it is too short");
    }
    int length = contents.read(size - 1, 1)[0] & 0xFF;
    byte[] tail = contents.read(size - 1 - length, length);
    ProtoReader in = new ProtoReader(tail, 0, tail.length);
    long footer = 0;
    int compression = 0;
    int block = 0;
    String magic = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> footer = in.number();
        case 2 -> compression = in.count();
        case 3 -> block = in.count();
        case 8000 -> magic = in.text();
        default -> in.skip();
      }
    }
    if (!magic.equals(MAGIC)) {
      throw new MalformedFile("it does not end as ORC files do");
    }
    this.codec = new OrcCodec(compression, block);
    footer(unpacked(size - 1 - length - footer, footer));
    check();
  }

  /// Opens a file and reads its footer.
  ///
  /// @param shown what users call it
  public static OrcFile open(Path path, String shown) {
    return FileBytes.open(path, new SourceFile(shown, "ORC"), OrcFile::new);
  }

  private void footer(byte[] bytes) {
    ProtoReader in = new ProtoReader(bytes, 0, bytes.length);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 3 -> stripes.add(stripe(in.message()));
        case 4 -> types.add(OrcType.read(in.message()));
        case 10 ->
            throw new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED, "file \"" + name().name() + "\" is encrypted");
        default -> in.skip();
      }
    }
  }

  private static Stripe stripe(ProtoReader in) {
    long[] parts = new long[6];
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field < parts.length) {
        parts[field] = in.number();
      } else {
        in.skip();
      }
    }
    return new Stripe(parts[1], parts[2], parts[3], parts[4], parts[5]);
  }

  /// The types must be a tree, each after its parent.
  private void check() {
    if (types.isEmpty()
        || types.size() > MAX_TYPES
        || types.getFirst().kind() != OrcType.Kind.STRUCT) {
      throw new MalformedFile("its rows have no columns");
    }
    int next = 1;
    for (int i = 0; i < types.size(); i++) {
      OrcType type = types.get(i);
      int expected =
          switch (type.kind()) {
            case LIST -> 1;
            case MAP -> 2;
            case STRUCT -> type.names().size();
            case UNION -> type.children().size();
            default -> 0;
          };
      if (type.children().size() != expected) {
        throw new MalformedFile("its types are not consistent");
      }
      for (int child : type.children()) {
        if (child <= i || child >= types.size()) {
          throw new MalformedFile("its types are not consistent");
        }
        next++;
      }
    }
    if (next != types.size()) {
      throw new MalformedFile("its types are not consistent");
    }
    for (Stripe stripe : stripes) {
      if (stripe.rows < 0) {
        throw new MalformedFile("a stripe has " + stripe.rows + " rows");
      }
    }
  }

  @Override
  public SourceFile name() {
    return contents.name();
  }

  @Override
  public long size() {
    return contents.size();
  }

  @Override
  public List<SourceColumn> columns() {
    OrcType row = types.getFirst();
    List<SourceColumn> columns = new ArrayList<>();
    for (int i = 0; i < row.children().size(); i++) {
      columns.add(types.get(row.children().get(i)).source(row.names().get(i)));
    }
    return columns;
  }

  @Override
  public int parts() {
    return stripes.size();
  }

  @Override
  public long rows(int part) {
    return stripes.get(part).rows;
  }

  @Override
  public long bytes(int part) {
    return stripes.get(part).data;
  }

  @Override
  public List<FieldReader> readers(int part, List<ColumnConverter> converters) {
    Stripe at = stripes.get(part);
    byte[] footer = unpacked(at.offset + at.index + at.data, at.footer);
    OrcStripe stripe = OrcStripe.read(footer, at.offset);
    List<SourceColumn> columns = columns();
    List<FieldReader> readers = new ArrayList<>();
    for (int i = 0; i < converters.size(); i++) {
      int index = types.getFirst().children().get(i);
      readers.add(
          columns.get(i).meaning() == SourceColumn.Meaning.NESTED
              ? new OrcNestedReader(new OrcStreams(this, stripe), index, converters.get(i))
              : new OrcColumnReader(
                  new OrcColumn(new OrcStreams(this, stripe), index, columns.get(i)),
                  converters.get(i)));
    }
    return readers;
  }

  OrcType type(int index) {
    return types.get(index);
  }

  /// Bytes of the file, unpacked.
  byte[] unpacked(long offset, long length) {
    byte[] packed = contents.read(offset, length);
    return codec.unpack(packed, 0, packed.length);
  }

  @Override
  public void close() {
    contents.close();
  }
}
