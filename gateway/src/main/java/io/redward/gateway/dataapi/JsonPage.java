package io.redward.gateway.dataapi;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.gateway.aws.ApiBody;
import io.redward.gateway.text.ByteBuilder;
import io.redward.gateway.text.TextForm;
import io.redward.leader.session.ResultColumn;
import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Rows as a JSON array of arrays.
abstract sealed class JsonPage implements PageWriter {
  private final List<ResultColumn> columns;
  private final ZoneId zone;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteBuilder text = new ByteBuilder(256);
  private JsonGenerator out;
  private int rows;

  private JsonPage(List<ResultColumn> columns, ZoneId zone) {
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
      value(columns.get(c).type(), vectors[c], row, out);
    }
    out.writeEndArray();
    out.flush();
    rows++;
  }

  abstract void value(SqlType type, Vector vector, int row, JsonGenerator out);

  final String text(SqlType type, Vector vector, int row) {
    text.advanceTo(0);
    TextForm.put(type, vector, row, zone, text);
    return text.utf8(0);
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

  /// Every value in its text form, or null.
  static final class OfTexts extends JsonPage {
    OfTexts(List<ResultColumn> columns, ZoneId zone) {
      super(columns, zone);
    }

    @Override
    void value(SqlType type, Vector vector, int row, JsonGenerator out) {
      if (vector.isNull(row)) {
        out.writeNull();
      } else {
        out.writeString(text(type, vector, row));
      }
    }
  }

  /// As `GetStatementResult` gives them: fields that name their form.
  static final class OfFields extends JsonPage {
    OfFields(List<ResultColumn> columns, ZoneId zone) {
      super(columns, zone);
    }

    @Override
    void value(SqlType type, Vector vector, int row, JsonGenerator out) {
      out.writeStartObject();
      if (vector.isNull(row)) {
        out.writeBooleanProperty("isNull", true);
      } else {
        field(type, vector, row, out);
      }
      out.writeEndObject();
    }

    private void field(SqlType type, Vector vector, int row, JsonGenerator out) {
      switch (vector) {
        case IntVector ints when type.kind() == TypeKind.BOOLEAN ->
            out.writeBooleanProperty("booleanValue", ints.values[row] != 0);
        case IntVector ints when type.kind().isInteger() ->
            out.writeNumberProperty("longValue", ints.values[row]);
        case IntVector ints when type.kind() == TypeKind.OID ->
            out.writeNumberProperty("longValue", ints.values[row] & 0xFFFF_FFFFL);
        case LongVector longs when type.kind().isInteger() ->
            out.writeNumberProperty("longValue", longs.values[row]);
        case DoubleVector doubles when Double.isFinite(doubles.values[row]) ->
            out.writeNumberProperty("doubleValue", doubles.values[row]);
        case BytesVector bytesOf when type.kind() == TypeKind.VARBYTE -> {
          out.writeName("blobValue");
          out.writeBinary(bytesOf.page(row), bytesOf.offset(row), bytesOf.length(row));
        }
        default -> out.writeStringProperty("stringValue", text(type, vector, row));
      }
    }
  }
}
