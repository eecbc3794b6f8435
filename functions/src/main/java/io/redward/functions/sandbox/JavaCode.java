package io.redward.functions.sandbox;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.user.LimitError;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the class of every function extends: reads arguments, takes the answer, counts what is
/// used. Only code that [Instrumentation] has written calls these methods; a body cannot name them,
/// since it is compiled before its class extends this one.
public abstract class JavaCode extends UserCode {
  /// Units between two looks at the clock. A round of a loop is one.
  private static final int SLICE = 1 << 14;

  /// Units of a call into the library.
  private static final int CALL = 1 << 9;

  private static final int MAX_DEPTH = 500;
  private static final long DAY_MICROS = 86_400_000_000L;

  private static final ThreadLocal<JavaCode> CURRENT = new ThreadLocal<>();

  private UserFunction.Limits limits = new UserFunction.Limits(0, 0);
  private int fuel = SLICE;
  private long memory;
  private int depth;
  private int stages;
  private long started;

  /// For classes of functions.
  public JavaCode() {}

  @Override
  public final void bind(UserFunction function, CancelToken cancel) {
    super.bind(function, cancel);
    limits = function.limits();
  }

  // -- limits

  /// A call of the function begins.
  public final void begin() {
    memory = limits.bytes();
    depth = 0;
    stages = 0;
    started = 0;
  }

  /// A call begins of a function that has lambdas, whose methods may not know it.
  public final void share() {
    CURRENT.set(this);
  }

  /// The function that this thread runs.
  public static JavaCode current() {
    return CURRENT.get();
  }

  /// A round of a loop.
  public final void tick() {
    if (--fuel < 0) {
      slice();
    }
  }

  /// A call into the library.
  public final void libraryCall() {
    spend(CALL);
  }

  /// A call of a stream or of what makes one.
  public final void stage() {
    stages++;
    libraryCall();
  }

  /// An element of a stream, which may go through all the stages that the call has made.
  final void element() {
    spend(1 + stages);
  }

  final void spend(int units) {
    fuel -= units;
    if (fuel < 0) {
      slice();
    }
  }

  private void slice() {
    fuel = SLICE;
    try {
      cancel.check();
    } catch (SqlException e) {
      throw new LimitError(e);
    }
    long now = System.nanoTime();
    if (started == 0) {
      started = now;
    } else if (now - started > limits.millis() * 1_000_000L) {
      throw LimitError.of("it ran longer than " + limits.millis() + " ms");
    }
  }

  /// A method begins; answers the depth that holds in it.
  public final int enter() {
    tick();
    if (++depth > MAX_DEPTH) {
      throw LimitError.of("its calls nest more than " + MAX_DEPTH + " deep");
    }
    return depth;
  }

  /// A method ends, or an exception is caught in one.
  public final void depth(int depth) {
    this.depth = depth;
  }

  /// Memory is about to be allocated.
  public final void charge(long bytes) {
    memory -= bytes;
    if (memory < 0) {
      throw LimitError.of("it used more than " + (limits.bytes() >> 20) + " MB of memory");
    }
  }

  @Override
  protected final String description(Throwable thrown) {
    String message = thrown.getMessage();
    String text = thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().equals(JavaSource.CLASS_NAME)) {
        return text + " (line " + (frame.getLineNumber() - JavaSource.LINES_BEFORE) + ")";
      }
    }
    return text;
  }

  // -- arguments

  public final boolean absent(int index) {
    return nulls[index];
  }

  public final boolean readBoolean(int index) {
    return words[index] != 0;
  }

  public final int readInt(int index) {
    return (int) words[index];
  }

  public final long readLong(int index) {
    return words[index];
  }

  public final double readDouble(int index) {
    return reals[index];
  }

  public final BigDecimal readDecimal(int index) {
    SqlType type = types[index];
    boolean wide = type.precision() > SqlType.MAX_LONG_DECIMAL_PRECISION;
    return wide
        ? new BigDecimal(new Int128(upperWords[index], words[index]).toBigInteger(), type.scale())
        : BigDecimal.valueOf(words[index], type.scale());
  }

  public final String readString(int index) {
    charge(2L * lengths[index] + 40);
    return new String(pages[index], offsets[index], lengths[index], StandardCharsets.UTF_8);
  }

  public final byte[] readBytes(int index) {
    charge(lengths[index]);
    return Arrays.copyOfRange(pages[index], offsets[index], offsets[index] + lengths[index]);
  }

  public final LocalDate readDate(int index) {
    return LocalDate.ofEpochDay(words[index]);
  }

  public final LocalTime readTime(int index) {
    return LocalTime.ofNanoOfDay(words[index] * 1000);
  }

  public final LocalDateTime readTimestamp(int index) {
    return readInstant(index).toLocalDateTime();
  }

  public final OffsetDateTime readInstant(int index) {
    long micros = words[index];
    long seconds = Math.floorDiv(micros, 1_000_000);
    long nanos = Math.floorMod(micros, 1_000_000L) * 1000;
    return Instant.ofEpochSecond(seconds, nanos).atOffset(ZoneOffset.UTC);
  }

  // -- the answer

  public final void answer(boolean value) {
    number = value ? 1 : 0;
  }

  public final void answer(int value) {
    if (returns.kind() == TypeKind.SMALLINT && value != (short) value) {
      throw new ArithmeticException("value " + value + " is out of range for type smallint");
    }
    number = value;
  }

  public final void answer(long value) {
    low = value;
  }

  public final void answer(double value) {
    real = returns.kind() == TypeKind.REAL ? (float) value : value;
  }

  public final void answer(@Nullable Boolean value) {
    isNull = value == null;
    if (value != null) {
      answer(value.booleanValue());
    }
  }

  public final void answer(@Nullable Integer value) {
    isNull = value == null;
    if (value != null) {
      answer(value.intValue());
    }
  }

  public final void answer(@Nullable Long value) {
    isNull = value == null;
    if (value != null) {
      answer(value.longValue());
    }
  }

  public final void answer(@Nullable Double value) {
    isNull = value == null;
    if (value != null) {
      answer(value.doubleValue());
    }
  }

  public final void answer(@Nullable BigDecimal value) {
    isNull = value == null;
    if (value == null) {
      return;
    }
    BigInteger unscaled = value.setScale(returns.scale(), RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.abs().compareTo(BigInteger.TEN.pow(returns.precision())) >= 0) {
      throw SqlException.ofValue(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow");
    }
    Int128 wide = Int128.of(unscaled);
    high = wide.high();
    low = wide.low();
  }

  public final void answer(@Nullable String value) {
    isNull = value == null;
    if (value != null) {
      bytes(value.getBytes(StandardCharsets.UTF_8));
    }
  }

  public final void answer(byte @Nullable [] value) {
    isNull = value == null;
    if (value != null) {
      bytes(value);
    }
  }

  private void bytes(byte[] value) {
    if (value.length > SqlType.MAX_VARCHAR_BYTES) {
      throw LimitError.of("its answer is longer than " + SqlType.MAX_VARCHAR_BYTES + " bytes");
    }
    page = value;
    length = value.length;
  }

  public final void answer(@Nullable LocalDate value) {
    isNull = value == null;
    if (value != null) {
      number = Math.toIntExact(value.toEpochDay());
    }
  }

  public final void answer(@Nullable LocalTime value) {
    isNull = value == null;
    if (value != null) {
      low = value.toNanoOfDay() / 1000;
    }
  }

  public final void answer(@Nullable LocalDateTime value) {
    isNull = value == null;
    if (value != null) {
      low =
          Math.addExact(
              Math.multiplyExact(value.toLocalDate().toEpochDay(), DAY_MICROS),
              value.toLocalTime().toNanoOfDay() / 1000);
    }
  }

  public final void answer(@Nullable OffsetDateTime value) {
    answer(value == null ? null : value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
  }
}
