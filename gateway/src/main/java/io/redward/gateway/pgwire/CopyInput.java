package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The data a client sends behind COPY FROM STDIN: the bodies of its CopyData messages up to
/// CopyDone. Flush and Sync are passed over, as the protocol has it.
final class CopyInput extends InputStream {
  private final MessageReader in;
  private byte[] body = new byte[0];
  private int position;
  private boolean done;

  CopyInput(MessageReader in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return fill() ? body[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, body.length - position);
    System.arraycopy(body, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    while (position == body.length) {
      if (done) {
        return false;
      }
      int type = in.next();
      switch (type) {
        case 'd' -> {
          body = in.bytes(in.remaining());
          position = 0;
        }
        case 'c' -> done = true;
        case 'f' -> {
          done = true;
          throw new SqlException(SqlState.QUERY_CANCELED, "COPY from stdin failed: " + in.string());
        }
        case 'H', 'S' -> {}
        case -1 -> throw new EOFException("connection closed in a copy");
        default -> throw new ProtocolException("unexpected message type " + type + " in a copy");
      }
    }
    return true;
  }
}
