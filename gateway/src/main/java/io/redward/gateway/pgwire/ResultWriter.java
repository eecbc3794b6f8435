package io.redward.gateway.pgwire;

import io.redward.foundation.batch.Batch;
import io.redward.leader.session.ResultColumn;
import io.redward.leader.session.ResultConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;

/// Sends what a statement says to the client. In the simple protocol the columns are announced
/// here; in the extended one Describe has done it and the formats are the portal's.
final class ResultWriter implements ResultConsumer {
  private final Backend backend;
  private final ZoneId zone;
  private final boolean announceColumns;
  private final FormatCodes formats;
  private RowEncoder encoder;

  /// Of the simple protocol.
  static ResultWriter simple(Backend backend, ZoneId zone) {
    return new ResultWriter(backend, zone, true, FormatCodes.TEXT, List.of());
  }

  /// Of a portal, whose rows may come in several portions.
  static ResultWriter portal(
      Backend backend, ZoneId zone, FormatCodes formats, List<ResultColumn> columns) {
    return new ResultWriter(backend, zone, false, formats, columns);
  }

  private ResultWriter(
      Backend backend,
      ZoneId zone,
      boolean announceColumns,
      FormatCodes formats,
      List<ResultColumn> columns) {
    this.backend = backend;
    this.zone = zone;
    this.announceColumns = announceColumns;
    this.formats = formats;
    this.encoder = new RowEncoder(columns, formats, zone);
  }

  @Override
  public void columns(List<ResultColumn> columns) {
    encoder = new RowEncoder(columns, formats, zone);
    if (announceColumns) {
      send(() -> backend.rowDescription(columns, formats));
    }
  }

  @Override
  public void rows(Batch batch) {
    send(() -> encoder.encode(batch, 0, batch.selectedCount, backend.writer()));
  }

  @Override
  public void complete(String tag) {
    send(() -> backend.commandComplete(tag));
  }

  @Override
  public void empty() {
    send(() -> backend.plain('I'));
  }

  @Override
  public void notice(String severity, String sqlState, String message) {
    send(() -> backend.notice(severity, sqlState, message));
  }

  @Override
  public void parameterChanged(String name, String value) {
    send(() -> backend.parameterStatus(name, value));
  }

  private static void send(Sending sending) {
    try {
      sending.send();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Sending {
    void send() throws IOException;
  }
}
