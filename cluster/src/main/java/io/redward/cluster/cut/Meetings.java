package io.redward.cluster.cut;

import io.redward.plan.expression.Expression;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.TransformStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Joins whose sides meet on the node that has the range of a key: both in place, or one, or both
/// if marks want it, moved there.
final class Meetings {
  private final KeyGroups groups;
  private final int nodes;
  private final Map<Integer, Built> built = new HashMap<>();
  private final Map<Integer, Meeting> meetings = new HashMap<>();

  /// By what ranges a join's rows are divided.
  ///
  /// @param key the ordinal of the key whose ranges they are
  record Meeting(int group, int key) {}

  /// The rows of a join state before they are sent anywhere.
  ///
  /// @param keyed where they are, if that is by the value of a field
  private record Built(SinkStep.Build build, Optional<Keyed> keyed) {}

  Meetings(KeyGroups groups, int nodes) {
    this.groups = groups;
    this.nodes = nodes;
  }

  void built(SinkStep.Build build, Optional<Keyed> keyed) {
    built.put(build.stateId(), new Built(build, keyed));
  }

  /// What fills a state that is known.
  SinkStep.Build build(int state) {
    return rows(state).build();
  }

  boolean knows(int state) {
    return built.containsKey(state);
  }

  private Built rows(int state) {
    Built rows = built.get(state);
    if (rows == null) {
      throw new IllegalStateException("nobody fills state " + state);
    }
    return rows;
  }

  Meeting of(int state) {
    Meeting meeting = meetings.get(state);
    if (meeting == null) {
      throw new IllegalStateException("not divided by ranges: " + state);
    }
    return meeting;
  }

  /// Has both sides of a join meet where one of them is, if that can be and costs less than to copy
  /// the inner one.
  ///
  /// @param build rows of the inner side, a great many if it must not be copied
  /// @param rows of the outer side
  /// @param skewed whether one node would get most of the outer side by a key of it
  boolean settle(
      TransformStep.Probe probe,
      Optional<Keyed> keyed,
      long build,
      long rows,
      Predicate<Expression> skewed) {
    Optional<Meeting> meeting =
        meeting(probe, keyed, rows / Math.max(1, nodes - 1) < build, skewed);
    meeting.ifPresent(found -> meetings.put(probe.stateId(), found));
    return meeting.isPresent();
  }

  /// @param moves whether to move the outer side costs less than to copy the inner one
  private Optional<Meeting> meeting(
      TransformStep.Probe probe,
      Optional<Keyed> keyed,
      boolean moves,
      Predicate<Expression> skewed) {
    Built other = rows(probe.stateId());
    Set<Integer> outer = keyed.map(k -> k.among(probe.keys())).orElse(Set.of());
    Set<Integer> inner = other.keyed().map(k -> k.among(other.build().keys())).orElse(Set.of());
    for (int key : outer) {
      if (inner.contains(key)) {
        groups.unite(keyed.orElseThrow().group(), other.keyed().orElseThrow().group());
        return Optional.of(new Meeting(keyed.orElseThrow().group(), key));
      }
    }
    if (!outer.isEmpty()) {
      int key = outer.iterator().next();
      return Keyed.alike(probe.keys().get(key), other.build().keys().get(key))
          ? Optional.of(new Meeting(keyed.orElseThrow().group(), key))
          : Optional.empty();
    }
    if (!inner.isEmpty() && moves) {
      int key = inner.iterator().next();
      if (skewed.test(probe.keys().get(key))) {
        return Optional.empty();
      }
      return Keyed.alike(probe.keys().get(key), other.build().keys().get(key))
          ? Optional.of(new Meeting(other.keyed().orElseThrow().group(), key))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /// Whether rows are where a meeting is.
  boolean isThere(Optional<Keyed> keyed, List<Expression> keys, Meeting meeting) {
    return keyed.isPresent()
        && groups.find(keyed.get().group()) == groups.find(meeting.group())
        && keyed.get().among(keys).contains(meeting.key());
  }

  /// By which ranges the inner side's rows are moved.
  ///
  /// @return empty if they are there already
  Optional<Meeting> moved(int state) {
    Meeting meeting = of(state);
    Built rows = rows(state);
    return isThere(rows.keyed(), rows.build().keys(), meeting)
        ? Optional.empty()
        : Optional.of(meeting);
  }

  /// What rows are placed by after a lookup: what they were, and what they were found by.
  Optional<Keyed> after(TransformStep.Probe probe, Optional<Keyed> before) {
    Meeting meeting = meetings.get(probe.stateId());
    if (meeting == null) {
      return before;
    }
    Set<Integer> fields = new TreeSet<>();
    before.ifPresent(keyed -> fields.addAll(keyed.fields()));
    int key = Keyed.column(probe.keys().get(meeting.key()));
    if (key >= 0) {
      fields.add(key);
    }
    if (probe.kind() == TransformStep.JoinKind.INNER) {
      int payload = probe.fields().size() - rows(probe.stateId()).build().payload().size();
      payloadKeys(probe.stateId(), meeting).forEach(field -> fields.add(payload + field));
    }
    return Keyed.of(meeting.group(), fields);
  }

  /// What the rows of a join state are placed by.
  Optional<Keyed> scanned(int state) {
    Meeting meeting = meetings.get(state);
    return meeting == null
        ? Optional.empty()
        : Keyed.of(meeting.group(), payloadKeys(state, meeting));
  }

  /// Which fields of the payload are the key that the rows are divided by.
  private Set<Integer> payloadKeys(int state, Meeting meeting) {
    SinkStep.Build build = rows(state).build();
    Expression key = build.keys().get(meeting.key());
    Set<Integer> fields = new TreeSet<>();
    for (int i = 0; i < build.payload().size(); i++) {
      if (build.payload().get(i).equals(key)) {
        fields.add(i);
      }
    }
    return fields;
  }
}
