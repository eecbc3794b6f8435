package io.redward.runtime.aggregate;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.runtime.aggregate.AggregateLayout.State;
import io.redward.runtime.number.WideMath;
import io.redward.runtime.row.Hashes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Distinct numbers, in an open-addressing table of one or two words an entry. Finishing computes
/// the aggregate over them.
final class DistinctWords extends Collector {
  private static final int FIRST_SLOTS = 8;

  private final MemoryBudget budget;
  private final int width;
  private long[] slots;
  private boolean[] used;
  private int size;

  DistinctWords(State state, MemoryBudget budget) {
    this.budget = budget;
    width = state.argument() == Physical.INT128 ? 2 : 1;
    budget.reserve(bytes(FIRST_SLOTS));
    slots = new long[FIRST_SLOTS * width];
    used = new boolean[FIRST_SLOTS];
  }

  private long bytes(int count) {
    return count * (8L * width + 1);
  }

  @Override
  public void add(long word) {
    put(word, 0);
  }

  @Override
  public void add(long high, long low) {
    put(high, low);
  }

  private void put(long first, long second) {
    int mask = used.length - 1;
    int slot = (int) Hashes.mix(width == 1 ? first : Hashes.combine(first, second)) & mask;
    while (used[slot]) {
      int at = slot * width;
      if (slots[at] == first && (width == 1 || slots[at + 1] == second)) {
        return;
      }
      slot = slot + 1 & mask;
    }
    used[slot] = true;
    slots[slot * width] = first;
    if (width == 2) {
      slots[slot * 2 + 1] = second;
    }
    if (++size * 2 > used.length) {
      grow();
    }
  }

  private void grow() {
    long[] oldSlots = slots;
    boolean[] oldUsed = used;
    budget.reserve(bytes(oldUsed.length * 2));
    slots = new long[oldSlots.length * 2];
    used = new boolean[oldUsed.length * 2];
    size = 0;
    for (int slot = 0; slot < oldUsed.length; slot++) {
      if (oldUsed[slot]) {
        put(oldSlots[slot * width], width == 2 ? oldSlots[slot * 2 + 1] : 0);
      }
    }
    budget.release(bytes(oldUsed.length));
  }

  @Override
  void merge(Collector other) {
    DistinctWords that = (DistinctWords) other;
    for (int slot = 0; slot < that.used.length; slot++) {
      if (that.used[slot]) {
        put(that.slots[slot * width], width == 2 ? that.slots[slot * 2 + 1] : 0);
      }
    }
  }

  @Override
  void write(DataOutputStream out) throws IOException {
    out.writeInt(size);
    for (int slot = 0; slot < used.length; slot++) {
      if (used[slot]) {
        for (int i = 0; i < width; i++) {
          out.writeLong(slots[slot * width + i]);
        }
      }
    }
  }

  @Override
  void read(DataInputStream in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      put(in.readLong(), width == 2 ? in.readLong() : 0);
    }
  }

  @Override
  void close() {
    budget.release(bytes(used.length));
    slots = new long[0];
    used = new boolean[0];
  }

  @Override
  void finish(ResultWriter result) {
    AggregateFunction function = result.state().call().function();
    if (function == AggregateFunction.COUNT) {
      result.words(size, 0);
    } else if (result.state().argument() == Physical.DOUBLE) {
      finishDoubles(function, result);
    } else {
      finishExact(function, result);
    }
  }

  private void finishDoubles(AggregateFunction function, ResultWriter result) {
    double sum = 0;
    long[] moments = new long[3];
    for (int slot = 0; slot < used.length; slot++) {
      if (used[slot]) {
        double value = Double.longBitsToDouble(slots[slot]);
        sum += value;
        AggregateStates.addMoments(moments, 0, value);
      }
    }
    switch (function) {
      case SUM -> result.number(sum);
      case AVG -> result.number(sum / size);
      default -> finishMoments(function, moments, result);
    }
  }

  private void finishExact(AggregateFunction function, ResultWriter result) {
    int scale = result.state().call().arguments().getFirst().type().scale();
    BigInteger sum = BigInteger.ZERO;
    long[] moments = new long[3];
    for (int slot = 0; slot < used.length; slot++) {
      if (used[slot]) {
        BigInteger value =
            width == 2
                ? WideMath.big(slots[slot * 2], slots[slot * 2 + 1])
                : BigInteger.valueOf(slots[slot]);
        sum = sum.add(value);
        AggregateStates.addMoments(moments, 0, new BigDecimal(value, scale).doubleValue());
      }
    }
    switch (function) {
      case SUM -> result.decimal(new BigDecimal(sum, scale));
      case AVG -> result.mean(sum, scale, size);
      default -> finishMoments(function, moments, result);
    }
  }

  private void finishMoments(AggregateFunction function, long[] moments, ResultWriter result) {
    long and = -1;
    long or = 0;
    for (int slot = 0; slot < used.length; slot++) {
      if (used[slot]) {
        and &= slots[slot * width];
        or |= slots[slot * width];
      }
    }
    switch (function) {
      case BOOL_AND, BIT_AND -> result.words(and, 0);
      case BOOL_OR, BIT_OR -> result.words(or, 0);
      default -> result.moments(function, moments[0], Double.longBitsToDouble(moments[2]));
    }
  }
}
