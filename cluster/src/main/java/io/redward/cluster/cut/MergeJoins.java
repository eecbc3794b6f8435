package io.redward.cluster.cut;

import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Joins of two sorted tables: where nodes have the same ranges of both tables' keys each joins its
/// own; otherwise they become a hash table built of the one and probed by the other.
final class MergeJoins {
  private MergeJoins() {}

  static List<Segment> replaced(List<Segment> segments, KeyGroups groups) {
    int next = 0;
    for (Segment segment : segments) {
      next = Math.max(next, segment.sink().filledState() + 1);
    }
    List<Segment> replaced = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.source() instanceof SourceStep.MergeJoin join && !isInPlace(join, groups)) {
        add(segment, join, next++, replaced);
      } else {
        replaced.add(segment);
      }
    }
    return replaced;
  }

  private static boolean isInPlace(SourceStep.MergeJoin join, KeyGroups groups) {
    OptionalInt outer = groups.key(join.outer());
    OptionalInt inner = groups.key(join.inner());
    for (int i = 0; i < join.outerKeys().length; i++) {
      if (outer.isPresent()
          && inner.isPresent()
          && join.outerKeys()[i] == outer.getAsInt()
          && join.innerKeys()[i] == inner.getAsInt()) {
        return true;
      }
    }
    return false;
  }

  private static void add(Segment segment, SourceStep.MergeJoin join, int state, List<Segment> to) {
    List<Field> inner = join.inner().fields();
    List<Expression> payload = new ArrayList<>();
    for (int field = 0; field < inner.size(); field++) {
      payload.add(inner.get(field).at(field));
    }
    List<Expression> innerKeys = keys(inner, join.innerKeys());
    SinkStep.Build build =
        new SinkStep.Build(
            state,
            innerKeys,
            innerKeys.stream().map(_ -> false).toList(),
            payload,
            inner,
            false,
            false);
    to.add(new Segment(segment.id(), join.inner(), List.of(), build, segment.label()));
    List<TransformStep> transforms = new ArrayList<>();
    transforms.add(
        new TransformStep.Probe(
            state,
            join.keepsOuter() ? TransformStep.JoinKind.LEFT : TransformStep.JoinKind.INNER,
            keys(join.outer().fields(), join.outerKeys()),
            Optional.empty(),
            join.fields()));
    transforms.addAll(segment.transforms());
    to.add(new Segment(segment.id(), join.outer(), transforms, segment.sink(), segment.label()));
  }

  private static List<Expression> keys(List<Field> fields, int[] places) {
    List<Expression> keys = new ArrayList<>();
    for (int place : places) {
      keys.add(fields.get(place).at(place));
    }
    return keys;
  }
}
