package io.redward.python;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.functions.user.LimitError;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/// A function in Python at work for one worker, with an interpreter of its own.
final class PythonCode extends UserCode {
  private final UserFunction function;
  private @Nullable Context context;
  private @Nullable Value called;

  PythonCode(UserFunction function) {
    this.function = function;
  }

  CancelToken cancelToken() {
    return cancel;
  }

  UserFunction.Limits limits() {
    return function.limits();
  }

  @Override
  protected String description(Throwable thrown) {
    return thrown instanceof PolyglotException e
        ? PythonLanguage.description(e)
        : thrown.toString();
  }

  @Override
  protected void call() {
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = nulls[i] ? null : argument(i);
    }
    Context running = context == null ? open() : context;
    Watch.Entry entry = Watch.begin(this, running);
    Value answered;
    try {
      answered = called.execute(arguments);
    } catch (PolyglotException e) {
      throw failure(e, entry);
    } finally {
      Watch.end(entry);
    }
    SqlException reason = entry.reason();
    if (reason != null) {
      context = null;
      throw new LimitError(reason);
    }
    answer(answered);
  }

  /// A call that was ended has closed its interpreter, and so has one that left: the next one, if
  /// there is one, has a new one.
  private RuntimeException failure(PolyglotException e, Watch.Entry entry) {
    SqlException reason = entry.reason();
    if (reason != null || e.isExit() || e.isCancelled() || e.isResourceExhausted()) {
      context = null;
    }
    if (reason != null) {
      throw new LimitError(reason);
    }
    return e;
  }

  private Context open() {
    Context opened = PythonLanguage.closedContext();
    opened.eval(PythonLanguage.source(function.code()));
    StringBuilder names = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < types.length; i++) {
      String name = "a" + i;
      names.append(i == 0 ? "" : ", ").append(name);
      String read = PythonForm.of(types[i]).orElseThrow().read(name);
      values.append(i == 0 ? "" : ", ").append("None if " + name + " is None else " + read);
    }
    String write = PythonForm.of(returns).orElseThrow().write("r");
    opened.eval(
        "python",
        "def call("
            + names
            + "):\n r = f("
            + values
            + ")\n return None if r is None else "
            + write);
    called = opened.getBindings("python").getMember("call");
    context = opened;
    return opened;
  }

  private Object argument(int index) {
    SqlType type = types[index];
    return switch (PythonForm.of(type).orElseThrow()) {
      case BOOLEAN -> words[index] != 0;
      case INTEGER -> words[index];
      case FLOAT -> reals[index];
      case DECIMAL -> decimal(index, type).toPlainString();
      case TEXT -> new String(pages[index], offsets[index], lengths[index], StandardCharsets.UTF_8);
      case DATE -> LocalDate.ofEpochDay(words[index]).toString();
      case TIMESTAMP ->
          LocalDateTime.ofEpochSecond(
                  Math.floorDiv(words[index], 1_000_000L),
                  (int) Math.floorMod(words[index], 1_000_000L) * 1000,
                  ZoneOffset.UTC)
              .toString();
    };
  }

  private BigDecimal decimal(int index, SqlType type) {
    boolean wide = type.precision() > SqlType.MAX_LONG_DECIMAL_PRECISION;
    BigInteger unscaled =
        wide
            ? new Int128(upperWords[index], words[index]).toBigInteger()
            : BigInteger.valueOf(words[index]);
    return new BigDecimal(unscaled, type.scale());
  }

  private void answer(Value value) {
    isNull = value.isNull();
    if (isNull) {
      return;
    }
    switch (PythonForm.of(returns).orElseThrow()) {
      case BOOLEAN -> number = value.asBoolean() ? 1 : 0;
      case INTEGER -> integer(value);
      case FLOAT -> real = value.asDouble();
      case DECIMAL -> decimal(new BigDecimal(value.asString()));
      case TEXT -> text(value.asString());
      case DATE -> number = (int) LocalDate.parse(value.asString()).toEpochDay();
      case TIMESTAMP -> {
        LocalDateTime time = LocalDateTime.parse(value.asString());
        low = time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
      }
    }
  }

  private void integer(Value value) {
    boolean fits =
        switch (returns.kind()) {
          case SMALLINT -> value.fitsInShort();
          case INTEGER -> value.fitsInInt();
          default -> value.fitsInLong();
        };
    if (!fits) {
      throw SqlException.ofValue(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "the answer is out of range for type " + returns.kind().sqlName());
    }
    low = value.asLong();
    number = (int) low;
  }

  private void decimal(BigDecimal value) {
    BigInteger unscaled = value.setScale(returns.scale(), RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.abs().compareTo(BigInteger.TEN.pow(returns.precision())) >= 0) {
      throw SqlException.ofValue(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow");
    }
    Int128 wide = Int128.of(unscaled);
    high = wide.high();
    low = wide.low();
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > SqlType.MAX_VARCHAR_BYTES) {
      throw LimitError.of("its answer is longer than " + SqlType.MAX_VARCHAR_BYTES + " bytes");
    }
    page = bytes;
    length = bytes.length;
  }
}
