package io.redward.gateway.dataapi;

import io.redward.foundation.batch.Vector;
import io.redward.gateway.text.ByteBuilder;
import io.redward.gateway.text.TextForm;
import io.redward.leader.session.ResultColumn;
import java.time.ZoneId;
import java.util.List;

/// Rows as `GetStatementResultV2` gives them: CSV by RFC 4180, a line a row. NULL is an empty
/// field, an empty string a quoted one.
final class CsvPage implements PageWriter {
  private final List<ResultColumn> columns;
  private final ZoneId zone;
  private final ByteBuilder out = new ByteBuilder(1 << 16);
  private final ByteBuilder text = new ByteBuilder(256);
  private int rows;

  CsvPage(List<ResultColumn> columns, ZoneId zone) {
    this.columns = columns;
    this.zone = zone;
  }

  @Override
  public void row(Vector[] vectors, int row) {
    for (int c = 0; c < columns.size(); c++) {
      if (c > 0) {
        out.int8(',');
      }
      if (!vectors[c].isNull(row)) {
        text.advanceTo(0);
        TextForm.put(columns.get(c).type(), vectors[c], row, zone, text);
        field();
      }
    }
    out.ascii("\r\n");
    rows++;
  }

  private void field() {
    byte[] bytes = text.reserve(0);
    int length = text.position();
    boolean quote = length == 0;
    for (int i = 0; i < length && !quote; i++) {
      quote = bytes[i] == ',' || bytes[i] == '"' || bytes[i] == '\n' || bytes[i] == '\r';
    }
    if (!quote) {
      out.bytes(bytes, 0, length);
      return;
    }
    out.int8('"');
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '"') {
        out.int8('"');
      }
      out.int8(bytes[i]);
    }
    out.int8('"');
  }

  @Override
  public int rowCount() {
    return rows;
  }

  @Override
  public int byteCount() {
    return out.position();
  }

  @Override
  public byte[] take() {
    byte[] page = out.toByteArray();
    out.advanceTo(0);
    rows = 0;
    return page;
  }
}
