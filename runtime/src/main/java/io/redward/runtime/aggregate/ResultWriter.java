package io.redward.runtime.aggregate;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.runtime.aggregate.AggregateLayout.State;
import io.redward.runtime.number.NumberErrors;
import io.redward.runtime.number.WideMath;
import io.redward.runtime.row.ArenaWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Writes the result of one call into a group's row, in the form the call's result asks for. For
/// results that are computed once a group and not from plain words.
final class ResultWriter {
  private final State state;
  private final long[] page;
  private final int row;
  private final @Nullable ArenaWriter arena;

  ResultWriter(State state, long[] page, int row, ArenaWriter arena) {
    this.state = state;
    this.page = page;
    this.row = row;
    this.arena = arena;
  }

  ResultWriter(State state, long[] page, int row) {
    this.state = state;
    this.page = page;
    this.row = row;
    this.arena = null;
  }

  State state() {
    return state;
  }

  void setNull() {
    state.value().setNull(page, row);
  }

  /// `sum / count`, where the sum has `scale` digits after the point: cut for integer types,
  /// rounded for decimals.
  void mean(BigInteger sum, int scale, long count) {
    SqlType type = state.call().result().type();
    BigDecimal exact = new BigDecimal(sum, scale);
    switch (state.value().physical()) {
      case DOUBLE -> number(exact.doubleValue() / count);
      case INT, LONG, INT128 -> {
        RoundingMode mode =
            type.kind() == TypeKind.DECIMAL ? RoundingMode.HALF_UP : RoundingMode.DOWN;
        integer(exact.divide(BigDecimal.valueOf(count), type.scale(), mode).unscaledValue());
      }
      case BYTES -> throw new IllegalStateException("no mean of strings");
    }
  }

  /// A double, rounded where the result is a decimal.
  void number(double value) {
    SqlType type = state.call().result().type();
    if (state.value().physical() == Physical.DOUBLE) {
      page[row + state.value().word()] = Double.doubleToRawLongBits(value);
    } else {
      integer(
          BigDecimal.valueOf(value).setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue());
    }
  }

  /// An exact value, rounded to the result's scale.
  void decimal(BigDecimal value) {
    SqlType type = state.call().result().type();
    if (state.value().physical() == Physical.DOUBLE) {
      number(value.doubleValue());
    } else {
      integer(value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue());
    }
  }

  /// An integer or an unscaled decimal at the result's scale.
  void integer(BigInteger value) {
    SqlType type = state.call().result().type();
    if (value.bitLength() > (state.value().physical() == Physical.INT128 ? 127 : 63)) {
      throw NumberErrors.decimalOverflow();
    }
    Int128 words = Int128.of(value);
    if (type.kind() == TypeKind.DECIMAL) {
      WideMath.check(words.high(), words.low(), type.precision());
    }
    putInteger(state.value().physical(), page, row + state.value().word(), words);
  }

  /// A standard deviation or variance from a count and a sum of squared distances from the mean.
  void moments(AggregateFunction function, long count, double squares) {
    boolean sample =
        function == AggregateFunction.STDDEV_SAMP || function == AggregateFunction.VAR_SAMP;
    if (sample && count < 2) {
      setNull();
      return;
    }
    double variance = Math.max(0, squares / (sample ? count - 1 : count));
    boolean root =
        function == AggregateFunction.STDDEV_SAMP || function == AggregateFunction.STDDEV_POP;
    number(root ? Math.sqrt(variance) : variance);
  }

  void words(long first, long second) {
    int word = row + state.value().word();
    page[word] = first;
    if (state.value().physical() == Physical.INT128) {
      page[word + 1] = second;
    }
  }

  void bytes(byte[] bytes, int length) {
    if (arena == null) {
      throw new IllegalStateException("no arena for strings");
    }
    page[row + state.value().word()] = arena.append(bytes, 0, length);
  }

  static void putInteger(Physical physical, long[] page, int word, long value) {
    putInteger(physical, page, word, Int128.of(value));
  }

  private static void putInteger(Physical physical, long[] page, int word, Int128 value) {
    if (physical == Physical.INT128) {
      page[word] = value.high();
      page[word + 1] = value.low();
    } else {
      page[word] = value.low();
    }
  }
}
