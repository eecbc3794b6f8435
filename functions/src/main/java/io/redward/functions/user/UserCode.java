package io.redward.functions.user;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import java.util.List;

/// A function at work for one worker: generated code sets the arguments, runs it and reads the
/// answer's fields, in the physical forms of the types and without an object for a number.
public abstract class UserCode {
  /// Set if the answer is NULL.
  public boolean isNull;

  /// The answer of a type whose form is INT.
  public int number;

  /// The answer of a type whose form is LONG; the lower word of one whose form is INT128.
  public long low;

  /// The upper word of an answer whose form is INT128.
  public long high;

  /// The answer of a type whose form is DOUBLE.
  public double real;

  /// The answer of a type whose form is BYTES, and its length.
  public byte[] page = NOTHING;

  public int length;

  /// The arguments as set: of the forms INT, LONG and INT128 (low, with the upper words beside).
  protected long[] words = new long[0];

  protected long[] upperWords = new long[0];
  protected double[] reals = new double[0];
  protected byte[][] pages = new byte[0][];
  protected int[] offsets = new int[0];
  protected int[] lengths = new int[0];
  protected boolean[] nulls = new boolean[0];
  protected SqlType[] types = new SqlType[0];
  protected SqlType returns = SqlType.UNKNOWN;
  protected CancelToken cancel = new CancelToken();
  private static final byte[] NOTHING = new byte[0];
  private String name = "";

  /// Says what the code belongs to; called once, before anything else.
  public void bind(UserFunction function, CancelToken cancel) {
    List<SqlType> arguments = function.arguments();
    int count = arguments.size();
    name = function.name();
    returns = function.returns();
    types = arguments.toArray(SqlType[]::new);
    words = new long[count];
    upperWords = new long[count];
    reals = new double[count];
    pages = new byte[count][];
    offsets = new int[count];
    lengths = new int[count];
    nulls = new boolean[count];
    this.cancel = cancel;
  }

  public final void setInt(int index, int value) {
    words[index] = value;
  }

  public final void setLong(int index, long value) {
    words[index] = value;
  }

  public final void setDouble(int index, double value) {
    reals[index] = value;
  }

  public final void setWide(int index, long high, long low) {
    upperWords[index] = high;
    words[index] = low;
  }

  public final void setBytes(int index, byte[] page, int offset, int length) {
    pages[index] = page;
    offsets[index] = offset;
    lengths[index] = length;
  }

  public final void setNull(int index, boolean isNull) {
    nulls[index] = isNull;
  }

  /// Computes the answer.
  public final void run() {
    isNull = false;
    try {
      call();
    } catch (SqlException e) {
      throw e;
    } catch (LimitError e) {
      throw named(e.reason());
    } catch (StackOverflowError e) {
      throw named(
          SqlException.ofValue(SqlState.PROGRAM_LIMIT_EXCEEDED, "its calls nest too deeply"));
    } catch (OutOfMemoryError e) {
      throw named(SqlException.ofValue(SqlState.OUT_OF_MEMORY, "there is not enough memory"));
    } catch (RuntimeException | LinkageError e) {
      throw named(SqlException.ofValue(SqlState.EXTERNAL_ROUTINE_EXCEPTION, description(e)));
    }
  }

  private SqlException named(SqlException reason) {
    return reason.state() == SqlState.QUERY_CANCELED
        ? reason
        : SqlException.ofValue(reason.state(), "function \"" + name + "\": " + reason.message());
  }

  /// What the user is told of an exception that the function has thrown.
  protected abstract String description(Throwable thrown);

  /// Computes the answer from the arguments.
  protected abstract void call();
}
