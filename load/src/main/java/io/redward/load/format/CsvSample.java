package io.redward.load.format;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.source.Chunk;
import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.CopyRequest.Format;
import io.redward.spi.FileShape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the first rows of a text file say of the rest: the delimiter, whether the first row holds
/// names, and the columns' types.
///
/// @param header whether the first row holds names: if none of its values is a number, a date or a
///     truth value, none is empty, and none is there twice
public record CsvSample(byte delimiter, boolean header, List<FileShape.Column> columns) {
  private static final byte[] DELIMITERS = {',', '\t', ';', '|'};

  /// @param head the file's first bytes
  public static CsvSample of(Path file, byte[] head, Conversion conversion) {
    byte delimiter = delimiter(head);
    List<List<String>> rows = rows(file, head, delimiter, conversion);
    if (rows.isEmpty()) {
      throw new SqlException(SqlState.DATA_CORRUPTED, "file \"" + file + "\" is empty");
    }
    boolean header = isHeader(rows.getFirst());
    int width = rows.stream().mapToInt(List::size).max().orElse(0);
    List<FileShape.Column> columns = new ArrayList<>();
    Set<String> used = new HashSet<>();
    for (int i = 0; i < width; i++) {
      ValueKinds kinds = new ValueKinds();
      for (int row = header ? 1 : 0; row < rows.size(); row++) {
        List<String> values = rows.get(row);
        if (i < values.size() && !values.get(i).isEmpty()) {
          kinds.add(values.get(i));
        }
      }
      boolean named = header && i < rows.getFirst().size();
      String name =
          named ? rows.getFirst().get(i).strip().toLowerCase(Locale.ROOT) : "column" + (i + 1);
      while (!used.add(name)) {
        name += "_" + (i + 1);
      }
      columns.add(new FileShape.Column(name, kinds.type()));
    }
    return new CsvSample(delimiter, header, columns);
  }

  /// The one that the first line has most of, outside of quotes.
  private static byte delimiter(byte[] head) {
    int[] counts = new int[DELIMITERS.length];
    boolean quoted = false;
    for (int at = 0; at < head.length && (quoted || head[at] != '\n'); at++) {
      quoted ^= head[at] == '"';
      for (int i = 0; i < DELIMITERS.length && !quoted; i++) {
        counts[i] += head[at] == DELIMITERS[i] ? 1 : 0;
      }
    }
    int best = 0;
    for (int i = 1; i < DELIMITERS.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return DELIMITERS[best];
  }

  private static boolean isHeader(List<String> row) {
    Set<String> names = new HashSet<>();
    for (String value : row) {
      ValueKinds kinds = new ValueKinds();
      kinds.add(value);
      if (value.isBlank() || kinds.typed() || !names.add(value.strip().toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  private static List<List<String>> rows(
      Path file, byte[] head, byte delimiter, Conversion conversion) {
    int length = head.length;
    int last = length;
    while (last > 0 && head[last - 1] != '\n') {
      last--;
    }
    // The last line may be cut off, unless it is the only one.
    Chunk chunk = new Chunk(file, 0, head.clone(), last > 0 ? last : length);
    Texts texts = new Texts();
    new CsvReader(new Format.Csv(delimiter, (byte) '"'), conversion).parse(chunk, texts);
    List<List<String>> rows = texts.rows;
    boolean whole = last > 0 && last < length && length < (1 << 20);
    if (whole) {
      byte[] rest = Arrays.copyOfRange(head, last, length);
      new CsvReader(new Format.Csv(delimiter, (byte) '"'), conversion)
          .parse(new Chunk(file, 0, rest, rest.length), texts);
    }
    return rows;
  }

  /// Keeps rows as texts; bad ones are left to the load to complain about.
  private static final class Texts implements RowSink {
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();

    @Override
    public void begin(Chunk chunk, int from, int to) {
      row = new ArrayList<>();
    }

    @Override
    public void field(int index, byte[] bytes, int offset, int length, boolean quoted) {
      row.add(length < 0 ? "" : new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void end(int fields, boolean delimiterFollows) {
      rows.add(row);
    }

    @Override
    public void reject(int code, String reason, int position) {}

    @Override
    public boolean rejected() {
      return false;
    }
  }
}
