package io.redward.load.parquet;

import io.redward.load.columnar.JsonBytes;
import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.ValueBuffer;
import java.util.Arrays;

/// The values of a column one by one, with their levels. Past the end the repetition level is 0, as
/// if another row began.
final class LeafCursor {
  private final PageReader pages;
  private final ParquetColumn column;
  private final ValueBuffer values;
  private final int[] repetitions = new int[ValueBuffer.SIZE];
  private final int[] definitions = new int[ValueBuffer.SIZE];
  private int count;
  private int at;
  private int value;
  private boolean ended;

  LeafCursor(PageReader pages, ParquetColumn column) {
    this.pages = pages;
    this.column = column;
    this.values = column.buffer(ValueBuffer.SIZE);
    load();
  }

  private void load() {
    at = 0;
    value = 0;
    ended = pages.ended();
    if (ended) {
      count = 0;
      return;
    }
    count = Math.min(pages.available(), ValueBuffer.SIZE);
    if (!pages.repetitions(repetitions, count)) {
      Arrays.fill(repetitions, 0, count, 0);
    }
    int full = column.levels().definition();
    int present = 0;
    if (pages.definitions(definitions, count)) {
      for (int i = 0; i < count; i++) {
        present += definitions[i] == full ? 1 : 0;
      }
    } else {
      Arrays.fill(definitions, 0, count, 0);
      present = count;
    }
    if (present > 0) {
      pages.decode(values, present);
    }
    pages.taken(count);
  }

  int repetition() {
    return ended ? 0 : repetitions[at];
  }

  int definition() {
    if (ended) {
      throw new MalformedFile("column \"" + column.name() + "\" has too few values");
    }
    return definitions[at];
  }

  /// Writes the current value, which is there.
  void write(JsonBytes out) {
    out.value(column.source(), values, value);
  }

  /// Writes the current value as the name of a member.
  void writeName(JsonBytes out) {
    int from = out.length();
    write(out);
    if (out.bytes()[from] != '"') {
      out.quoteFrom(from);
    }
  }

  void advance() {
    if (definition() == column.levels().definition()) {
      value++;
    }
    if (++at == count) {
      load();
    }
  }
}
