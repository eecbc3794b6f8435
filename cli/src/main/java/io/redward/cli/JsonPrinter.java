package io.redward.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// A JSON array with an object a row; numbers and booleans unquoted, NULL as null.
final class JsonPrinter implements ResultPrinter {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    long printed = 0;
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartArray();
      while (rows.next()) {
        json.writeRaw("\n");
        json.writeStartObject();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
          json.writeName(columns.getColumnLabel(column));
          value(json, rows, column, columns.getColumnType(column));
        }
        json.writeEndObject();
        printed++;
      }
      json.writeRaw("\n");
      json.writeEndArray();
    }
    out.print('\n');
    return printed;
  }

  private static void value(JsonGenerator json, ResultSet rows, int column, int type)
      throws SQLException {
    String text = rows.getString(column);
    if (text == null) {
      json.writeNull();
      return;
    }
    switch (type) {
      case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> json.writeNumber(Long.parseLong(text));
      case Types.NUMERIC, Types.DECIMAL -> json.writeNumber(new java.math.BigDecimal(text));
      case Types.REAL, Types.DOUBLE, Types.FLOAT -> floating(json, text);
      case Types.BOOLEAN, Types.BIT -> json.writeBoolean(text.startsWith("t"));
      default -> json.writeString(text);
    }
  }

  /// JSON has no NaN and no infinities, so those stay text.
  private static void floating(JsonGenerator json, String text) {
    double value = Double.parseDouble(text);
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeString(text);
    }
  }
}
