package io.redward.bench.fuzz;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An engine under test, through JDBC.
final class Subject implements AutoCloseable {
  private static final int MAX_ROWS = 20_000;

  /// Codes that no statement may end with: internal error, system error, lost connection.
  private static final Set<String> INTERNAL = Set.of("XX000", "58000", "08006", "08003", "57P02");

  private final Connection connection;
  private final Set<String> texts = new HashSet<>();
  private long statements;

  Subject(Connection connection) {
    this.connection = connection;
  }

  /// The statement was refused or failed in a way that users are told of.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /// The statement failed in a way that it may not.
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  long statements() {
    return statements;
  }

  /// How many of them read differently.
  int distinct() {
    return texts.size();
  }

  /// Runs a statement for its effect.
  void execute(String sql) throws Refused, Broken {
    rows(sql);
  }

  /// Runs a statement; its rows as text, cells between bars. Very many rows are refused: a part of
  /// them cannot be compared.
  List<String> rows(String sql) throws Refused, Broken {
    statements++;
    texts.add(sql);
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(MAX_ROWS + 1);
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          int columns = result.getMetaData().getColumnCount();
          while (result.next()) {
            if (rows.size() == MAX_ROWS) {
              throw new Refused("more than " + MAX_ROWS + " rows");
            }
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
              row.append(i == 1 ? "" : "|").append(cell(result.getString(i)));
            }
            rows.add(row.toString());
          }
        }
      }
      return rows;
    } catch (SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      String message = state + " " + e.getMessage();
      if (INTERNAL.contains(state)) {
        throw new Broken(message);
      }
      throw new Refused(message);
    }
  }

  /// One form for equal values of either engine.
  private static String cell(@Nullable String value) {
    if (value == null) {
      return "NULL";
    }
    if (value.matches("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")) {
      BigDecimal number = new BigDecimal(value).stripTrailingZeros();
      return number.signum() == 0 ? "0" : number.toPlainString();
    }
    return switch (value) {
      case "true" -> "t";
      case "false" -> "f";
      default -> value.stripTrailing();
    };
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
