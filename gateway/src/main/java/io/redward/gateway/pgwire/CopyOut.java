package io.redward.gateway.pgwire;

import io.redward.foundation.batch.Batch;
import io.redward.gateway.text.ByteBuilder;
import io.redward.gateway.text.TextForm;
import io.redward.leader.session.ResultColumn;
import io.redward.leader.session.ResultConsumer.CopyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/// Sends rows as CopyData messages, a line each.
final class CopyOut {
  private final CopyText form;
  private final Backend backend;
  private final byte[] nullText;
  private final ByteBuilder value = new ByteBuilder(256);
  private List<ResultColumn> columns = List.of();
  private ZoneId zone = ZoneOffset.UTC;

  CopyOut(CopyText form, Backend backend) {
    this.form = form;
    this.backend = backend;
    nullText = form.nullText().getBytes(StandardCharsets.UTF_8);
  }

  void begin(List<ResultColumn> given, ZoneId sessionZone) throws IOException {
    columns = given;
    zone = sessionZone;
    backend.copyResponse('H', given.size());
    if (form.header()) {
      MessageWriter out = backend.writer();
      out.begin('d');
      for (int c = 0; c < columns.size(); c++) {
        delimit(c, out);
        byte[] name = columns.get(c).name().getBytes(StandardCharsets.UTF_8);
        value.advanceTo(0);
        value.bytes(name, 0, name.length);
        field(out);
      }
      out.int8('\n');
      out.end();
    }
  }

  void rows(Batch batch) throws IOException {
    MessageWriter out = backend.writer();
    for (int i = 0; i < batch.selectedCount; i++) {
      int row = batch.row(i);
      out.begin('d');
      for (int c = 0; c < columns.size(); c++) {
        delimit(c, out);
        if (batch.vectors[c].isNull(row)) {
          out.bytes(nullText, 0, nullText.length);
        } else {
          value.advanceTo(0);
          TextForm.put(columns.get(c).type(), batch.vectors[c], row, zone, value);
          field(out);
        }
      }
      out.int8('\n');
      out.end();
    }
  }

  private void delimit(int column, MessageWriter out) {
    if (column > 0) {
      out.int8(form.delimiter());
    }
  }

  private void field(MessageWriter out) {
    byte[] bytes = value.reserve(0);
    int length = value.position();
    if (form.csv()) {
      quoted(bytes, length, out);
    } else {
      escaped(bytes, length, out);
    }
  }

  private void escaped(byte[] bytes, int length, MessageWriter out) {
    for (int i = 0; i < length; i++) {
      switch (bytes[i]) {
        case '\n' -> out.ascii("\\n");
        case '\r' -> out.ascii("\\r");
        case '\t' -> out.ascii("\\t");
        default -> {
          if (bytes[i] == '\\' || bytes[i] == form.delimiter()) {
            out.int8('\\');
          }
          out.int8(bytes[i]);
        }
      }
    }
  }

  /// A value that reads like NULL is quoted, so that it does not come back as one.
  private void quoted(byte[] bytes, int length, MessageWriter out) {
    boolean quote =
        length == nullText.length && Arrays.equals(bytes, 0, length, nullText, 0, length);
    for (int i = 0; i < length && !quote; i++) {
      byte b = bytes[i];
      quote = b == form.delimiter() || b == form.quote() || b == '\n' || b == '\r';
    }
    if (!quote) {
      out.bytes(bytes, 0, length);
      return;
    }
    out.int8(form.quote());
    for (int i = 0; i < length; i++) {
      if (bytes[i] == form.quote()) {
        out.int8(form.quote());
      }
      out.int8(bytes[i]);
    }
    out.int8(form.quote());
  }
}
