package io.redward.cluster.wire;

import io.redward.plan.run.SegmentProfile;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What a fragment has done on one member.
///
/// @param node the member's place among the query's nodes, -1 for the leader
/// @param sent by exchange: what went out
/// @param profiles of the fragment's segments
public record FragmentReport(
    int fragment, int node, List<Sent> sent, List<SegmentProfile> profiles) {
  private static final int SENT_BYTES = 20;
  private static final int PROFILE_BYTES = 108;

  /// @param rows rows sent, once each
  /// @param bytes bytes sent, to all receivers together
  public record Sent(int exchange, long rows, long bytes) {}

  public FragmentReport {
    sent = List.copyOf(sent);
    profiles = List.copyOf(profiles);
  }

  public byte[] write() {
    ByteBuffer out =
        ByteBuffer.allocate(16 + sent.size() * SENT_BYTES + profiles.size() * PROFILE_BYTES);
    out.putInt(fragment).putInt(node).putInt(sent.size()).putInt(profiles.size());
    for (Sent each : sent) {
      out.putInt(each.exchange()).putLong(each.rows()).putLong(each.bytes());
    }
    for (SegmentProfile profile : profiles) {
      out.putInt(profile.stream()).putInt(profile.segment());
      out.putLong(profile.sourceRows()).putLong(profile.sinkRows()).putLong(profile.bytes());
      out.putLong(profile.spilledBytes()).putLong(profile.elapsedNanos());
      out.putLong(profile.code().emitNanos()).putLong(profile.code().defineNanos());
      out.putInt(profile.code().kept() ? 1 : 0).putLong(profile.memoryBytes());
      out.putLong(profile.blocks().cached()).putLong(profile.blocks().loaded());
      out.putLong(profile.blocks().cachedBytes()).putLong(profile.blocks().loadedBytes());
    }
    return out.array();
  }

  /// @throws IllegalArgumentException if the bytes are no report
  public static FragmentReport read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int fragment = in.getInt();
      int node = in.getInt();
      int sentCount = in.getInt();
      int profileCount = in.getInt();
      List<Sent> sent = new ArrayList<>();
      for (int i = 0; i < sentCount; i++) {
        sent.add(new Sent(in.getInt(), in.getLong(), in.getLong()));
      }
      List<SegmentProfile> profiles = new ArrayList<>();
      for (int i = 0; i < profileCount; i++) {
        profiles.add(
            new SegmentProfile(
                in.getInt(),
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                new SegmentProfile.Code(in.getLong(), in.getLong(), in.getInt() == 1),
                in.getLong(),
                new SegmentProfile.Blocks(in.getLong(), in.getLong(), in.getLong(), in.getLong())));
      }
      return new FragmentReport(fragment, node, sent, profiles);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("not a report", e);
    }
  }
}
