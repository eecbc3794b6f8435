package io.redward.server;

import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.gateway.text.ByteBuilder;
import io.redward.gateway.text.TextForm;
import io.redward.spi.ValueText;
import java.time.ZoneOffset;

/// Values in files look as clients see them.
final class ClientText implements ValueText {
  private final ByteBuilder text = new ByteBuilder(256);

  @Override
  public int put(SqlType type, Vector vector, int row) {
    text.advanceTo(0);
    TextForm.put(type, vector, row, ZoneOffset.UTC, text);
    return text.position();
  }

  @Override
  public byte[] bytes() {
    return text.reserve(0);
  }
}
