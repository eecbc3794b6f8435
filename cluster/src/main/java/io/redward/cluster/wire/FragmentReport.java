package io.redward.cluster.wire;

import io.redward.plan.run.SegmentProfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a fragment has done on one member.
///
/// @param node the member's place among the query's nodes, -1 for the leader
/// @param sent by exchange: what went out
/// @param profiles of the fragment's segments
public record FragmentReport(
    int fragment, int node, List<Sent> sent, List<SegmentProfile> profiles) {
  /// @param rows rows sent, once each
  /// @param bytes bytes sent, to all receivers together
  public record Sent(int exchange, long rows, long bytes) {}

  public FragmentReport {
    sent = List.copyOf(sent);
    profiles = List.copyOf(profiles);
  }

  public byte[] write() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private void write(DataOutputStream out) throws IOException {
    Compact.write(fragment, out);
    Compact.write(node, out);
    Compact.write(sent.size(), out);
    for (Sent each : sent) {
      Compact.write(each.exchange(), out);
      Compact.write(each.rows(), out);
      Compact.write(each.bytes(), out);
    }
    Compact.write(profiles.size(), out);
    for (SegmentProfile profile : profiles) {
      Compact.write(profile.stream(), out);
      Compact.write(profile.segment(), out);
      Compact.write(profile.sourceRows(), out);
      Compact.write(profile.sinkRows(), out);
      Compact.write(profile.bytes(), out);
      Compact.write(profile.spilledBytes(), out);
      Compact.write(profile.elapsedNanos(), out);
      Compact.write(profile.code().emitNanos(), out);
      Compact.write(profile.code().defineNanos(), out);
      out.writeBoolean(profile.code().kept());
      Compact.write(profile.memoryBytes(), out);
      Compact.write(profile.blocks().cached(), out);
      Compact.write(profile.blocks().loaded(), out);
      Compact.write(profile.blocks().cachedBytes(), out);
      Compact.write(profile.blocks().loadedBytes(), out);
      Compact.write(profile.blocks().rows(), out);
      Compact.write(profile.blocks().deletedRows(), out);
    }
  }

  /// @throws IllegalArgumentException if the bytes are no report
  public static FragmentReport read(byte[] bytes) {
    try {
      return read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException | ArithmeticException e) {
      throw new IllegalArgumentException("not a report", e);
    }
  }

  private static FragmentReport read(DataInputStream in) throws IOException {
    int fragment = Compact.readInt(in);
    int node = Compact.readInt(in);
    List<Sent> sent = new ArrayList<>();
    for (int left = Compact.readCount(in); left > 0; left--) {
      sent.add(new Sent(Compact.readInt(in), Compact.readLong(in), Compact.readLong(in)));
    }
    List<SegmentProfile> profiles = new ArrayList<>();
    for (int left = Compact.readCount(in); left > 0; left--) {
      profiles.add(
          new SegmentProfile(
              Compact.readInt(in),
              Compact.readInt(in),
              Compact.readLong(in),
              Compact.readLong(in),
              Compact.readLong(in),
              Compact.readLong(in),
              Compact.readLong(in),
              new SegmentProfile.Code(Compact.readLong(in), Compact.readLong(in), in.readBoolean()),
              Compact.readLong(in),
              new SegmentProfile.Blocks(
                  Compact.readLong(in),
                  Compact.readLong(in),
                  Compact.readLong(in),
                  Compact.readLong(in),
                  Compact.readLong(in),
                  Compact.readLong(in))));
    }
    return new FragmentReport(fragment, node, sent, profiles);
  }
}
