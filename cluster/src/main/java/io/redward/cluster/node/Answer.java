package io.redward.cluster.node;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a node that was asked has to say: all that its fragments sent to the leader, or why it says
/// nothing.
///
/// @param failure of the query, as [FailureText] writes it; empty if there was none
/// @param tooLarge whether there was more to send than fits into an answer
/// @param frames in the order in which they were sent
/// @param reports of the fragments
record Answer(String failure, boolean tooLarge, List<Sent> frames, List<byte[]> reports) {
  private static final int HEADER = 3 * Integer.BYTES + 1;

  /// A frame that an exchange brings to the leader.
  record Sent(int exchange, byte[] frame) {}

  static Answer failed(RuntimeException failure) {
    return new Answer(FailureText.of(failure), false, List.of(), List.of());
  }

  byte[] write() {
    byte[] text = failure.getBytes(StandardCharsets.UTF_8);
    int length = HEADER + text.length;
    for (Sent sent : frames) {
      length += 2 * Integer.BYTES + sent.frame().length;
    }
    for (byte[] report : reports) {
      length += Integer.BYTES + report.length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putInt(text.length).put(text).put((byte) (tooLarge ? 1 : 0)).putInt(frames.size());
    for (Sent sent : frames) {
      out.putInt(sent.exchange()).putInt(sent.frame().length).put(sent.frame());
    }
    out.putInt(reports.size());
    for (byte[] report : reports) {
      out.putInt(report.length).put(report);
    }
    return out.array();
  }

  /// @throws IllegalArgumentException if the bytes are no answer
  static Answer read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String failure = new String(part(in), StandardCharsets.UTF_8);
      boolean tooLarge = in.get() == 1;
      List<Sent> frames = new ArrayList<>();
      for (int left = in.getInt(); left > 0; left--) {
        frames.add(new Sent(in.getInt(), part(in)));
      }
      List<byte[]> reports = new ArrayList<>();
      for (int left = in.getInt(); left > 0; left--) {
        reports.add(part(in));
      }
      return new Answer(failure, tooLarge, frames, reports);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("not an answer", e);
    }
  }

  private static byte[] part(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a part of " + length + " bytes");
    }
    byte[] part = new byte[length];
    in.get(part);
    return part;
  }
}
