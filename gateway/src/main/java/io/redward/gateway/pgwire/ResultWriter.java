package io.redward.gateway.pgwire;

import io.redward.foundation.batch.Batch;
import io.redward.leader.session.ResultColumn;
import io.redward.leader.session.ResultConsumer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Sends what a statement says to the client. In the simple protocol the columns are announced
/// here; in the extended one Describe has done it and the formats are the portal's.
final class ResultWriter implements ResultConsumer {
  private final Backend backend;
  private final ZoneId zone;
  private final Optional<MessageReader> simpleInput;
  private final FormatCodes formats;
  private RowEncoder encoder;
  private Optional<CopyOut> copying = Optional.empty();

  /// Of the simple protocol.
  ///
  /// @param in where copied data comes from
  static ResultWriter simple(Backend backend, MessageReader in, ZoneId zone) {
    return new ResultWriter(backend, Optional.of(in), zone, FormatCodes.TEXT, List.of());
  }

  /// Of a portal, whose rows may come in several portions.
  static ResultWriter portal(
      Backend backend, ZoneId zone, FormatCodes formats, List<ResultColumn> columns) {
    return new ResultWriter(backend, Optional.empty(), zone, formats, columns);
  }

  private ResultWriter(
      Backend backend,
      Optional<MessageReader> simpleInput,
      ZoneId zone,
      FormatCodes formats,
      List<ResultColumn> columns) {
    this.backend = backend;
    this.zone = zone;
    this.simpleInput = simpleInput;
    this.formats = formats;
    this.encoder = new RowEncoder(columns, formats, zone);
  }

  @Override
  public void columns(List<ResultColumn> columns) {
    if (copying.isPresent()) {
      send(() -> copying.get().begin(columns, zone));
      return;
    }
    encoder = new RowEncoder(columns, formats, zone);
    if (simpleInput.isPresent()) {
      send(() -> backend.rowDescription(columns, formats));
    }
  }

  @Override
  public void rows(Batch batch) {
    send(
        () -> {
          if (copying.isPresent()) {
            copying.get().rows(batch);
          } else {
            encoder.encode(batch, 0, batch.selectedCount, backend.writer());
          }
        });
  }

  @Override
  public void complete(String tag) {
    send(
        () -> {
          if (copying.isPresent()) {
            backend.plain('c');
            copying = Optional.empty();
          }
          backend.commandComplete(tag);
        });
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

  @Override
  public InputStream copyIn(int columns) {
    if (simpleInput.isEmpty()) {
      return ResultConsumer.super.copyIn(columns);
    }
    send(() -> backend.copyResponse('G', columns));
    send(backend::flush);
    return new CopyInput(simpleInput.get());
  }

  @Override
  public void copyOut(CopyText form) {
    if (simpleInput.isEmpty()) {
      ResultConsumer.super.copyOut(form);
    }
    copying = Optional.of(new CopyOut(form, backend));
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
