package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.types.SqlType;
import io.redward.leader.session.ResultColumn;
import io.redward.leader.session.Session;
import java.io.IOException;
import java.util.List;

/// The backend's messages by name.
final class Backend {
  private final MessageWriter writer;

  Backend(MessageWriter writer) {
    this.writer = writer;
  }

  MessageWriter writer() {
    return writer;
  }

  void flush() throws IOException {
    writer.flush();
  }

  /// A message without a body.
  void plain(char type) throws IOException {
    writer.begin(type);
    writer.end();
  }

  void authentication(int kind, byte[] extra) throws IOException {
    writer.begin('R');
    writer.int32(kind);
    writer.bytes(extra, 0, extra.length);
    writer.end();
  }

  void parameterStatus(String name, String value) throws IOException {
    writer.begin('S');
    writer.string(name);
    writer.string(value);
    writer.end();
  }

  void backendKey(int processId, int secret) throws IOException {
    writer.begin('K');
    writer.int32(processId);
    writer.int32(secret);
    writer.end();
  }

  void readyForQuery(Session.TransactionState state) throws IOException {
    writer.begin('Z');
    writer.int8(
        switch (state) {
          case IDLE -> 'I';
          case OPEN -> 'T';
          case FAILED -> 'E';
        });
    writer.end();
    writer.flush();
  }

  void rowDescription(List<ResultColumn> columns, FormatCodes formats) throws IOException {
    writer.begin('T');
    writer.int16(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      ResultColumn column = columns.get(i);
      writer.string(column.name());
      writer.int32(column.tableOid());
      writer.int16(column.columnNumber());
      writer.int32(WireTypes.oid(column.type()));
      writer.int16(WireTypes.length(column.type()));
      writer.int32(column.type().modifier());
      writer.int16(formats.binary(i) ? 1 : 0);
    }
    writer.end();
  }

  void parameterDescription(List<SqlType> types) throws IOException {
    writer.begin('t');
    writer.int16(types.size());
    for (SqlType type : types) {
      writer.int32(WireTypes.oid(type));
    }
    writer.end();
  }

  /// CopyInResponse (`G`) or CopyOutResponse (`H`), all columns as text.
  void copyResponse(char type, int columns) throws IOException {
    writer.begin(type);
    writer.int8(0);
    writer.int16(columns);
    for (int i = 0; i < columns; i++) {
      writer.int16(0);
    }
    writer.end();
  }

  void commandComplete(String tag) throws IOException {
    writer.begin('C');
    writer.string(tag);
    writer.end();
  }

  void error(String severity, SqlException error) throws IOException {
    writer.begin('E');
    fields(severity, error.state().code(), error.message());
    if (error.detail().isPresent()) {
      field('D', error.detail().get());
    }
    if (error.hint().isPresent()) {
      field('H', error.hint().get());
    }
    if (error.position().isPresent()) {
      field('P', Integer.toString(error.position().getAsInt()));
    }
    writer.int8(0);
    writer.end();
  }

  void notice(String severity, String sqlState, String message) throws IOException {
    writer.begin('N');
    fields(severity, sqlState, message);
    writer.int8(0);
    writer.end();
  }

  private void fields(String severity, String sqlState, String message) {
    field('S', severity);
    field('V', severity);
    field('C', sqlState);
    field('M', message);
  }

  private void field(char type, String value) {
    writer.int8(type);
    writer.string(value);
  }
}
