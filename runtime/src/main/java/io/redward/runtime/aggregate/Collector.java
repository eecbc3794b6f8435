package io.redward.runtime.aggregate;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.runtime.aggregate.AggregateLayout.State;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// A state that keeps values: distinct ones, all of them, or a sketch. Values come as one or two
/// words (integers, bits of doubles, 128-bit numbers) or as bytes, never NULL.
public abstract sealed class Collector
    permits DistinctWords, DistinctBytes, ValueList, TextList, DistinctSketch, SketchUnion {

  static Collector of(State state, MemoryBudget budget) {
    AggregateFunction function = state.call().function();
    boolean bytes = state.argument() == Physical.BYTES;
    return switch (function) {
      case LISTAGG -> new TextList(state.call(), budget);
      case APPROXIMATE_COUNT_DISTINCT -> new DistinctSketch();
      case HLL_CREATE_SKETCH, HLL_COMBINE -> new SketchUnion(state);
      case MEDIAN, PERCENTILE_CONT, PERCENTILE_DISC -> new ValueList(state, budget);
      default -> bytes ? new DistinctBytes(budget) : new DistinctWords(state, budget);
    };
  }

  /// Takes an integer, an unscaled decimal or the bits of a double.
  public void add(long word) {
    throw unexpected();
  }

  public void add(long high, long low) {
    throw unexpected();
  }

  public void add(byte[] page, int offset, int length) {
    throw unexpected();
  }

  /// Notes a sort key of the entry that the next `add` completes; `Long`, `Double`,
  /// [io.redward.foundation.types.Int128] or bytes.
  public void key(long word) {
    throw unexpected();
  }

  public void key(double value) {
    throw unexpected();
  }

  public void key(long high, long low) {
    throw unexpected();
  }

  public void key(byte[] page, int offset, int length) {
    throw unexpected();
  }

  public void nullKey() {
    throw unexpected();
  }

  /// The fraction of a percentile, the same for all rows.
  public void option(double fraction) {
    throw unexpected();
  }

  /// The separator of a list, the same for all rows.
  public void option(byte[] page, int offset, int length) {
    throw unexpected();
  }

  abstract void merge(Collector other);

  /// Writes all that the collector holds.
  abstract void write(DataOutputStream out) throws IOException;

  /// Takes what `write` wrote, beside what is there.
  abstract void read(DataInputStream in) throws IOException;

  /// Gives the memory back to the budget; the collector is of no use afterwards.
  abstract void close();

  /// Writes the result over the values.
  abstract void finish(ResultWriter result);

  private IllegalStateException unexpected() {
    return new IllegalStateException("not a value of " + getClass().getSimpleName());
  }
}
