package io.redward.gateway.dataapi;

import io.redward.foundation.batch.Vector;
import io.redward.gateway.aws.ApiBody;
import io.redward.gateway.text.ByteBuilder;
import io.redward.gateway.text.TextForm;
import io.redward.leader.session.ResultColumn;
import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Rows as a JSON array of arrays of strings and nulls: every value in its text form.
final class TextPage implements PageWriter {
  private final List<ResultColumn> columns;
  private final ZoneId zone;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteBuilder text = new ByteBuilder(256);
  private JsonGenerator out;
  private int rows;

  TextPage(List<ResultColumn> columns, ZoneId zone) {
    this.columns = columns;
    this.zone = zone;
    out = begin();
  }

  private JsonGenerator begin() {
    JsonGenerator generator = ApiBody.MAPPER.createGenerator(bytes);
    generator.writeStartArray();
    return generator;
  }

  @Override
  public void row(Vector[] vectors, int row) {
    out.writeStartArray();
    for (int c = 0; c < columns.size(); c++) {
      if (vectors[c].isNull(row)) {
        out.writeNull();
      } else {
        text.advanceTo(0);
        TextForm.put(columns.get(c).type(), vectors[c], row, zone, text);
        out.writeString(text.utf8(0));
      }
    }
    out.writeEndArray();
    out.flush();
    rows++;
  }

  @Override
  public int rowCount() {
    return rows;
  }

  @Override
  public int byteCount() {
    return bytes.size();
  }

  @Override
  public byte[] take() {
    out.writeEndArray();
    out.close();
    byte[] page = bytes.toByteArray();
    bytes.reset();
    rows = 0;
    out = begin();
    return page;
  }
}
