package io.redward.cluster.node;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.cut.Fragment;
import io.redward.cluster.wire.FragmentReport;
import io.redward.cluster.wire.QuerySpec;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the members have told of one query.
///
/// @param query what was run
/// @param reports of all fragments on all members
public record QueryReport(QuerySpec query, List<FragmentReport> reports) {
  public QueryReport {
    reports = List.copyOf(reports);
  }

  /// Bytes that went from member to member.
  public long bytes() {
    long bytes = 0;
    for (FragmentReport report : reports) {
      for (FragmentReport.Sent sent : report.sent()) {
        bytes += sent.bytes();
      }
    }
    return bytes;
  }

  /// Bytes that went by exchanges of one kind.
  public long bytes(Exchange.Kind kind) {
    long bytes = 0;
    for (FragmentReport report : reports) {
      for (FragmentReport.Sent sent : report.sent()) {
        boolean same = query.exchanges().get(sent.exchange()).kind() == kind;
        bytes += same ? sent.bytes() : 0;
      }
    }
    return bytes;
  }

  /// The broadcasts and redistributions, by the segments whose rows they moved.
  List<ExecutionResult.Move> moves() {
    return moves(reports);
  }

  private List<ExecutionResult.Move> moves(List<FragmentReport> from) {
    List<ExecutionResult.Move> moves = new ArrayList<>();
    for (Exchange exchange : query.exchanges()) {
      if (exchange.kind() == Exchange.Kind.GATHER) {
        continue;
      }
      long rows = 0;
      long bytes = 0;
      for (FragmentReport report : from) {
        for (FragmentReport.Sent sent : report.sent()) {
          boolean same = sent.exchange() == exchange.id();
          rows += same ? sent.rows() : 0;
          bytes += same ? sent.bytes() : 0;
        }
      }
      moves.add(
          new ExecutionResult.Move(
              sender(exchange), exchange.kind() == Exchange.Kind.BROADCAST, rows, bytes));
    }
    return moves;
  }

  /// What the nodes and the leader did, each for itself.
  ///
  /// @param slices how many each node has
  List<ExecutionResult.Part> parts(PhysicalPlan plan, List<Integer> slices) {
    Map<Integer, List<FragmentReport>> byNode = new TreeMap<>();
    for (FragmentReport report : reports) {
      byNode.computeIfAbsent(report.node(), _ -> new ArrayList<>()).add(report);
    }
    List<ExecutionResult.Part> parts = new ArrayList<>();
    byNode.forEach(
        (node, own) -> {
          int slice =
              node < 0
                  ? ExecutionResult.LEADER_SLICE
                  : slices.stream().limit(node).mapToInt(Integer::intValue).sum();
          parts.add(new ExecutionResult.Part(slice, profiles(plan, own), moves(own)));
        });
    return parts;
  }

  private int sender(Exchange exchange) {
    Fragment fragment = query.fragments().get(exchange.from());
    for (Stream stream : fragment.plan().streams()) {
      for (Segment segment : stream.segments()) {
        if (segment.sink() instanceof SinkStep.Send send && send.exchange() == exchange.id()) {
          return fragment.origins().get(segment.id());
        }
      }
    }
    throw new IllegalStateException("nobody sends by exchange " + exchange.id());
  }

  /// The segments of the whole plan, as if they had run in one process: of a segment in several
  /// parts the first counts for what it read and the last for what became of it.
  List<SegmentProfile> profiles(PhysicalPlan plan) {
    return profiles(plan, reports);
  }

  private List<SegmentProfile> profiles(PhysicalPlan plan, List<FragmentReport> from) {
    Map<Integer, Integer> streams = new HashMap<>();
    for (Stream stream : plan.streams()) {
      for (Segment segment : stream.segments()) {
        streams.put(segment.id(), stream.id());
      }
    }
    Map<Integer, Integer> first = new HashMap<>();
    Map<Integer, Integer> last = new HashMap<>();
    for (FragmentReport report : from) {
      List<Integer> origins = query.fragments().get(report.fragment()).origins();
      for (int part = 0; part < origins.size(); part++) {
        int place = place(report.fragment(), part);
        first.merge(origins.get(part), place, Math::min);
        last.merge(origins.get(part), place, Math::max);
      }
    }
    Map<Integer, SegmentProfile> merged = new TreeMap<>();
    for (FragmentReport report : from) {
      List<Integer> origins = query.fragments().get(report.fragment()).origins();
      for (SegmentProfile profile : report.profiles()) {
        int origin = origins.get(profile.segment());
        int place = place(report.fragment(), profile.segment());
        SegmentProfile part =
            new SegmentProfile(
                streams.getOrDefault(origin, 0),
                origin,
                place == first.getOrDefault(origin, place) ? profile.sourceRows() : 0,
                place == last.getOrDefault(origin, place) ? profile.sinkRows() : 0,
                profile.bytes(),
                profile.spilledBytes(),
                profile.elapsedNanos(),
                profile.code(),
                profile.memoryBytes(),
                profile.blocks());
        merged.merge(origin, part, QueryReport::sum);
      }
    }
    return new ArrayList<>(merged.values());
  }

  private static int place(int fragment, int part) {
    return fragment * 10_000 + part;
  }

  private static SegmentProfile sum(SegmentProfile one, SegmentProfile other) {
    return new SegmentProfile(
        one.stream(),
        one.segment(),
        one.sourceRows() + other.sourceRows(),
        one.sinkRows() + other.sinkRows(),
        one.bytes() + other.bytes(),
        one.spilledBytes() + other.spilledBytes(),
        Math.max(one.elapsedNanos(), other.elapsedNanos()),
        one.code().nanos() < other.code().nanos() ? other.code() : one.code(),
        Math.max(one.memoryBytes(), other.memoryBytes()),
        one.blocks().plus(other.blocks()));
  }
}
