package io.redward.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/// Aligned columns. The first rows decide the widths; later, wider values stick out rather than be
/// cut, so that a large result needs no memory.
final class TablePrinter implements ResultPrinter {
  private static final int MEASURED_ROWS = 1_000;

  private final int screenColumns;

  /// @param screenColumns of the screen: a wider table is laid out vertically; 0 for never
  TablePrinter(int screenColumns) {
    this.screenColumns = screenColumns;
  }

  static String[] labels(ResultSetMetaData columns) throws SQLException {
    String[] labels = new String[columns.getColumnCount()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = columns.getColumnLabel(i + 1);
    }
    return labels;
  }

  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    String[] header = labels(columns);
    boolean[] right = new boolean[count];
    int[] widths = new int[count];
    for (int i = 0; i < count; i++) {
      right[i] = isNumber(columns.getColumnType(i + 1));
      widths[i] = displayWidth(header[i]);
    }
    List<String[]> measured = new ArrayList<>();
    boolean more = true;
    while (measured.size() < MEASURED_ROWS && (more = rows.next())) {
      String[] row = row(rows, count);
      measured.add(row);
      for (int i = 0; i < count; i++) {
        widths[i] = Math.max(widths[i], displayWidth(row[i]));
      }
    }
    boolean vertical = screenColumns > 0 && width(widths) > screenColumns;
    if (!vertical) {
      line(out, header, widths, new boolean[count]);
      rule(out, widths);
    }
    long printed = 0;
    for (String[] row : measured) {
      printed++;
      if (vertical) {
        VerticalPrinter.block(out, printed, header, row);
      } else {
        line(out, row, widths, right);
      }
    }
    while (more && (more = rows.next())) {
      printed++;
      if (vertical) {
        VerticalPrinter.block(out, printed, header, row(rows, count));
      } else {
        line(out, row(rows, count), widths, right);
      }
    }
    out.println(printed == 1 ? "(1 row)" : "(" + printed + " rows)");
    return printed;
  }

  private static int width(int[] widths) {
    int total = 0;
    for (int width : widths) {
      total += width + 3;
    }
    return total - 1;
  }

  private static String[] row(ResultSet rows, int count) throws SQLException {
    String[] row = new String[count];
    for (int i = 0; i < count; i++) {
      String value = rows.getString(i + 1);
      row[i] = value == null ? "" : value.replace("\n", "\\n").replace("\t", "\\t");
    }
    return row;
  }

  private static boolean isNumber(int type) {
    return switch (type) {
      case Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.REAL,
          Types.DOUBLE,
          Types.FLOAT ->
          true;
      default -> false;
    };
  }

  private static void line(PrintWriter out, String[] cells, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String blanks = " ".repeat(Math.max(0, widths[i] - displayWidth(cells[i])));
      line.append(i > 0 ? " | " : " ");
      line.append(right[i] ? blanks + cells[i] : cells[i] + blanks);
    }
    out.println(line.toString().stripTrailing());
  }

  private static void rule(PrintWriter out, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(i > 0 ? "+" : "").append("-".repeat(widths[i] + 2));
    }
    out.println(line);
  }

  /// Columns on the screen: wide characters take two, combining ones none.
  private static int displayWidth(String text) {
    int columns = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      columns += Math.max(0, WCWidth.wcwidth(text.codePointAt(i)));
    }
    return columns;
  }
}
