package io.redward.leader.history;

import io.redward.leader.system.QueryLog.SegmentRun;
import io.redward.leader.system.QueryLog.SegmentShare;
import io.redward.leader.system.StepRun;
import io.redward.plan.run.SegmentProfile;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/// Segments of statements as bytes, in [HistoryFormat].
final class SegmentFormat {
  private SegmentFormat() {}

  static void write(ByteWriter out, SegmentRun run) {
    SegmentProfile profile = run.profile();
    out.writeInt(profile.stream());
    out.writeInt(profile.segment());
    out.writeLong(profile.sourceRows());
    out.writeLong(profile.sinkRows());
    out.writeLong(profile.bytes());
    out.writeLong(profile.spilledBytes());
    out.writeLong(profile.elapsedNanos());
    out.writeLong(profile.code().emitNanos());
    out.writeLong(profile.code().defineNanos());
    out.writeByte(profile.code().kept() ? 1 : 0);
    out.writeLong(profile.memoryBytes());
    blocks(out, profile.blocks());
    out.writeText(run.label());
    out.writeInt(run.steps().size());
    for (StepRun step : run.steps()) {
      out.writeText(step.kind().name());
      out.writeInt(step.table());
      out.writeText(step.name());
      out.writeByte(step.ranges() ? 1 : 0);
      out.writeLong(step.rows());
    }
    out.writeInt(run.shares().size());
    for (SegmentShare share : run.shares()) {
      out.writeInt(share.slice());
      out.writeLong(share.rowsIn());
      out.writeLong(share.elapsedNanos());
      out.writeLong(share.bytes());
      out.writeInt(share.rows().size());
      share.rows().forEach(out::writeLong);
      blocks(out, share.blocks());
    }
  }

  private static void blocks(ByteWriter out, SegmentProfile.Blocks blocks) {
    out.writeLong(blocks.cached());
    out.writeLong(blocks.loaded());
    out.writeLong(blocks.cachedBytes());
    out.writeLong(blocks.loadedBytes());
    out.writeLong(blocks.rows());
    out.writeLong(blocks.deletedRows());
  }

  private static SegmentProfile.Blocks blocks(ByteReader in, int kind) {
    boolean whole = kind != HistoryFormat.FIRST_STATEMENT;
    boolean counted = kind >= HistoryFormat.SIXTH_STATEMENT;
    return new SegmentProfile.Blocks(
        in.readLong(),
        in.readLong(),
        whole ? in.readLong() : 0,
        whole ? in.readLong() : 0,
        counted ? in.readLong() : 0,
        counted ? in.readLong() : 0);
  }

  /// @param kind of the statement, which says what is told of it
  static SegmentRun read(ByteReader in, int kind) {
    boolean whole = kind != HistoryFormat.FIRST_STATEMENT;
    boolean shared = kind >= HistoryFormat.FIFTH_STATEMENT;
    SegmentProfile profile =
        new SegmentProfile(
            in.readInt(),
            in.readInt(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            new SegmentProfile.Code(
                in.readLong(), whole ? in.readLong() : 0, whole && in.readByte() == 1),
            in.readLong(),
            blocks(in, kind));
    String label = in.readText();
    List<StepRun> steps = new ArrayList<>();
    for (int left = in.readCount(1); left > 0; left--) {
      String step = in.readText();
      int table = in.readInt();
      String name = in.readText();
      boolean ranges = in.readByte() == 1;
      long rows = in.readLong();
      StepRun.Kind.named(step)
          .ifPresent(known -> steps.add(new StepRun(known, table, name, ranges, rows)));
    }
    return new SegmentRun(profile, label, steps, shared ? shares(in, kind) : List.of());
  }

  private static List<SegmentShare> shares(ByteReader in, int kind) {
    List<SegmentShare> shares = new ArrayList<>();
    for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
      int slice = in.readInt();
      long rowsIn = in.readLong();
      long nanos = in.readLong();
      long bytes = in.readLong();
      List<Long> rows = new ArrayList<>();
      for (int steps = in.readCount(Long.BYTES); steps > 0; steps--) {
        rows.add(in.readLong());
      }
      SegmentProfile.Blocks blocks =
          kind >= HistoryFormat.SIXTH_STATEMENT ? blocks(in, kind) : SegmentProfile.Blocks.NONE;
      shares.add(new SegmentShare(slice, rowsIn, nanos, bytes, rows, blocks));
    }
    return shares;
  }
}
