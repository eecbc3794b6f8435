package io.redward.leader.session;

import io.redward.foundation.trace.Stage;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.system.QueryLog;
import io.redward.leader.system.StepRun;
import io.redward.plan.run.SegmentProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// EXPLAIN ANALYZE: runs a statement as it would be run by itself, its privileges, locks and log
/// entry included, but keeps its rows from the client and tells what each step did instead.
///
/// The steps of a segment are one loop of compiled code, so time, memory and code are a segment's;
/// rows are a step's.
final class AnalyzedRun {
  private final LeaderSession session;
  private final QueryRunner queries;
  private final List<String> lines = new ArrayList<>();

  AnalyzedRun(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
  }

  List<String> lines(Statement statement) {
    int before = queries.ran().size();
    long bind = session.stages().nanos(Stage.BIND);
    long optimize = session.stages().nanos(Stage.OPTIMIZE);
    long plan = session.stages().nanos(Stage.PLAN);
    Outcome outcome = new Outcome();
    OptionalLong compilers = CompilerThreads.nanos();
    long begun = System.nanoTime();
    queries.nested(outcome).run(statement, "", Arguments.NONE);
    long nanos = System.nanoTime() - begun;
    bind = session.stages().nanos(Stage.BIND) - bind;
    optimize = session.stages().nanos(Stage.OPTIMIZE) - optimize;
    plan = session.stages().nanos(Stage.PLAN) - plan;
    lines.add(
        text(
            "Planning: %.3f ms (bind %.3f, optimize %.3f, plan %.3f)",
            millis(bind + optimize + plan), millis(bind), millis(optimize), millis(plan)));
    List<QueryLog.SegmentRun> all = queries.ran();
    List<QueryLog.SegmentRun> segments = all.subList(before, all.size());
    lines.add(
        text(
            "Execution: %.3f ms, %s, up to %s in memory, %s on disk, code %.3f ms%s",
            millis(nanos - bind - optimize - plan),
            outcome.tag,
            size(segments.stream().mapToLong(s -> s.profile().memoryBytes()).max().orElse(0)),
            size(segments.stream().mapToLong(s -> s.profile().spilledBytes()).sum()),
            millis(segments.stream().mapToLong(s -> s.profile().code().nanos()).sum()),
            compiled(compilers, CompilerThreads.nanos())));
    segments.forEach(this::segment);
    return lines;
  }

  private void segment(QueryLog.SegmentRun segment) {
    SegmentProfile profile = segment.profile();
    StringBuilder line =
        new StringBuilder(
            text(
                "  stream %d segment %d: %.3f ms",
                profile.stream(), profile.segment(), millis(profile.elapsedNanos())));
    boolean sends = segment.steps().stream().anyMatch(step -> isMove(step.kind()));
    if (profile.bytes() > 0) {
      line.append(sends ? ", sends " : ", keeps ").append(size(profile.bytes()));
    }
    if (profile.memoryBytes() > 0) {
      line.append(", ").append(size(profile.memoryBytes())).append(" in memory");
    }
    if (profile.spilledBytes() > 0) {
      line.append(", ").append(size(profile.spilledBytes())).append(" to disk");
    }
    SegmentProfile.Blocks blocks = profile.blocks();
    if (blocks.cached() + blocks.loaded() > 0) {
      line.append(", blocks: ").append(blocks.cached()).append(" cached");
      bytes(line, blocks.cachedBytes());
      line.append(", ").append(blocks.loaded()).append(" read");
      bytes(line, blocks.loadedBytes());
    }
    if (!sends) {
      line.append(code(profile.code()));
    }
    lines.add(line.toString());
    for (StepRun step : segment.steps()) {
      lines.add(text("    %s  rows=%d", step.label(), step.rows()));
    }
  }

  private static boolean isMove(StepRun.Kind kind) {
    return kind == StepRun.Kind.DIST || kind == StepRun.Kind.BCAST;
  }

  /// What the JVM's compiler did meanwhile, for whatever statements ran.
  private static String compiled(OptionalLong before, OptionalLong after) {
    return before.isPresent() && after.isPresent()
        ? text(", JIT %.3f ms", millis(Math.max(0, after.getAsLong() - before.getAsLong())))
        : "";
  }

  private static void bytes(StringBuilder line, long bytes) {
    if (bytes > 0) {
      line.append(" (").append(size(bytes)).append(')');
    }
  }

  private static String code(SegmentProfile.Code code) {
    if (code.nanos() == 0) {
      return ", code cached";
    }
    return code.kept()
        ? text(
            ", code kept: printed in %.3f ms, read and defined in %.3f ms",
            millis(code.emitNanos()), millis(code.defineNanos()))
        : text(
            ", code new: emitted in %.3f ms, defined in %.3f ms",
            millis(code.emitNanos()), millis(code.defineNanos()));
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  private static String size(long bytes) {
    return bytes < 10_000
        ? bytes + " B"
        : bytes < 10_000_000 ? text("%.1f kB", bytes / 1e3) : text("%.1f MB", bytes / 1e6);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /// Takes the rows and keeps the tag.
  private final class Outcome implements QuietConsumer {
    private String tag = "";

    @Override
    public void complete(String completed) {
      tag = completed;
    }

    @Override
    public void notice(String severity, String sqlState, String message) {
      lines.add(severity + ": " + message);
    }
  }
}
