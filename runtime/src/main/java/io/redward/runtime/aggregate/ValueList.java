package io.redward.runtime.aggregate;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.aggregate.AggregateLayout.State;
import io.redward.runtime.number.DoubleMath;
import io.redward.runtime.number.WideMath;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All values of a group, for percentiles: MEDIAN, PERCENTILE_CONT (between the neighbours of the
/// place) and PERCENTILE_DISC (the first value at or after the place).
final class ValueList extends Collector {
  private final MemoryBudget budget;
  private final Physical physical;
  private final boolean descending;
  private long[] words = new long[8];
  private int used;
  private double fraction = 0.5;

  ValueList(State state, MemoryBudget budget) {
    this.budget = budget;
    physical = valuePhysical(state);
    List<SortKey> order = state.call().orderBy();
    descending = !order.isEmpty() && order.getFirst().descending();
    budget.reserve(64);
  }

  private static Physical valuePhysical(State state) {
    return state.call().arguments().getFirst().physical();
  }

  @Override
  public void add(long word) {
    append(word);
  }

  @Override
  public void add(long high, long low) {
    append(high);
    append(low);
  }

  @Override
  public void option(double value) {
    fraction = value;
  }

  private void append(long word) {
    if (used == words.length) {
      budget.reserve(8L * words.length);
      words = Arrays.copyOf(words, words.length * 2);
    }
    words[used++] = word;
  }

  @Override
  void merge(Collector other) {
    ValueList that = (ValueList) other;
    for (int i = 0; i < that.used; i++) {
      append(that.words[i]);
    }
    fraction = that.fraction;
  }

  @Override
  void write(DataOutputStream out) throws IOException {
    out.writeDouble(fraction);
    out.writeInt(used);
    for (int i = 0; i < used; i++) {
      out.writeLong(words[i]);
    }
  }

  @Override
  void read(DataInputStream in) throws IOException {
    fraction = in.readDouble();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      append(in.readLong());
    }
  }

  @Override
  void close() {
    budget.release(8L * words.length);
    words = new long[0];
  }

  @Override
  void finish(ResultWriter result) {
    int count = physical == Physical.INT128 ? used / 2 : used;
    boolean discrete = result.state().call().function() == AggregateFunction.PERCENTILE_DISC;
    if (physical == Physical.DOUBLE) {
      finishDoubles(count, discrete, result);
    } else {
      finishExact(count, discrete, result);
    }
  }

  private void finishDoubles(int count, boolean discrete, ResultWriter result) {
    Double[] values = new Double[count];
    for (int i = 0; i < count; i++) {
      values[i] = Double.longBitsToDouble(words[i]);
    }
    Arrays.sort(values, (a, b) -> descending ? DoubleMath.compare(b, a) : DoubleMath.compare(a, b));
    if (discrete) {
      result.number(values[discretePlace(count)]);
      return;
    }
    double place = fraction * (count - 1);
    int below = (int) Math.floor(place);
    double low = values[below];
    double high = values[Math.min(below + 1, count - 1)];
    result.number(low + (high - low) * (place - below));
  }

  private void finishExact(int count, boolean discrete, ResultWriter result) {
    int scale = result.state().call().arguments().getFirst().type().scale();
    List<BigDecimal> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(
          physical == Physical.INT128
              ? new BigDecimal(WideMath.big(words[2 * i], words[2 * i + 1]), scale)
              : BigDecimal.valueOf(words[i], scale));
    }
    values.sort((a, b) -> descending ? b.compareTo(a) : a.compareTo(b));
    if (discrete) {
      result.decimal(values.get(discretePlace(count)));
      return;
    }
    BigDecimal place = BigDecimal.valueOf(fraction).multiply(BigDecimal.valueOf(count - 1L));
    int below = place.intValue();
    BigDecimal low = values.get(below);
    BigDecimal high = values.get(Math.min(below + 1, count - 1));
    BigDecimal part = place.subtract(BigDecimal.valueOf(below));
    result.decimal(low.add(high.subtract(low).multiply(part, MathContext.DECIMAL128)));
  }

  private int discretePlace(int count) {
    return Math.clamp((long) Math.ceil(fraction * count) - 1, 0, count - 1);
  }
}
