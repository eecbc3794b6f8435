package io.redward.leader.physical;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.plan.step.TransformStep;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The verifier finds each kind of unsound plan.
class PlanVerifierTest {
  private static final Field NUMBER = Field.of("n", SqlType.INTEGER, false);
  private static final Field WIDE = Field.of("w", SqlType.BIGINT, false);
  private static final SourceStep ONE =
      new SourceStep.Values(
          List.of(List.of(new Literal(SqlType.INTEGER, new Constant.IntValue(1)))),
          List.of(NUMBER));

  private static SinkStep returned(Field... fields) {
    return new SinkStep.Return(List.of(fields), OptionalLong.empty(), 0);
  }

  private static Segment segment(
      int id, SourceStep source, @Nullable TransformStep step, SinkStep sink) {
    return new Segment(id, source, step == null ? List.of() : List.of(step), sink, "test");
  }

  private static void verify(Segment... segments) {
    List<Stream> streams = new java.util.ArrayList<>();
    for (Segment segment : segments) {
      streams.add(new Stream(streams.size(), List.of(segment)));
    }
    PlanVerifier.verify(new PhysicalPlan(streams, List.of(NUMBER), 0));
  }

  @Test
  void stateMustBeFilledBeforeItIsRead() {
    SourceStep buffer = new SourceStep.BufferScan(0, List.of(NUMBER), false);
    SinkStep fill = new SinkStep.Materialize(0, List.of(NUMBER));
    verify(segment(0, ONE, null, fill), segment(1, buffer, null, returned(NUMBER)));
    assertThatThrownBy(
            () -> verify(segment(0, buffer, null, returned(NUMBER)), segment(1, ONE, null, fill)))
        .hasMessageContaining("reads state 0 before it is filled");
  }

  @Test
  void referenceMustBeWithinTheRowAndOfItsForm() {
    TransformStep beyond = new TransformStep.Project(List.of(NUMBER.at(1)), List.of(NUMBER));
    assertThatThrownBy(() -> verify(segment(0, ONE, beyond, returned(NUMBER))))
        .hasMessageContaining("field 1 is not in the row");
    TransformStep widened = new TransformStep.Project(List.of(WIDE.at(0)), List.of(WIDE));
    assertThatThrownBy(() -> verify(segment(0, ONE, widened, returned(WIDE))))
        .hasMessageContaining("another form");
  }

  @Test
  void sinkMustGetTheRowItIsMadeFor() {
    assertThatThrownBy(() -> verify(segment(0, ONE, null, returned(WIDE))))
        .hasMessageContaining("changes its form");
    assertThatThrownBy(() -> verify(segment(0, ONE, null, returned(NUMBER, NUMBER))))
        .hasMessageContaining("rows differ in width");
  }

  @Test
  void conditionMustBeBoolean() {
    TransformStep filter = new TransformStep.Filter(NUMBER.at(0), List.of(NUMBER));
    assertThatThrownBy(() -> verify(segment(0, ONE, filter, returned(NUMBER))))
        .hasMessageContaining("condition is not boolean");
  }
}
