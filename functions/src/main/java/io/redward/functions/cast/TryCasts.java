package io.redward.functions.cast;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Dates;
import io.redward.functions.text.Decimals;
import io.redward.functions.text.Doubles;
import io.redward.functions.text.Intervals;
import io.redward.functions.text.Numbers;
import io.redward.functions.text.Times;
import io.redward.functions.text.Timestamps;
import io.redward.functions.text.Zones;

/// TRY_CAST of strings: NULL where [ValueCasts] and [DatetimeCasts] raise an error.
public final class TryCasts {
  private TryCasts() {}

  public static int toBoolean(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Numbers.parseBoolean(page, offset, length) ? 1 : 0;
    } catch (SqlException _) {
      return none(out);
    }
  }

  private static int none(ValueOut out) {
    out.isNull = true;
    return 0;
  }

  public static int toShort(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Numbers.parseShort(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static int toInt(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Numbers.parseInt(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static long toLong(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Numbers.parseLong(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static double toDouble(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Doubles.parseDouble(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static double toReal(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Doubles.parseReal(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static long toDecimal(
      byte[] page, int offset, int length, int precision, int scale, ValueOut out) {
    out.isNull = false;
    try {
      return Decimals.parseLong(page, offset, length, precision, scale);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static void toWideDecimal(
      byte[] page, int offset, int length, int precision, int scale, ValueOut out) {
    out.isNull = false;
    try {
      Decimals.parse(page, offset, length, precision, scale, out);
    } catch (SqlException _) {
      out.isNull = true;
    }
  }

  public static int toDate(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Dates.parse(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static long toTime(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Times.parse(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static long toTimetz(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Times.parseZoned(page, offset, length, Zones.UTC, 0);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static long toTimestamp(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Timestamps.parse(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static long toTimestamptz(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Timestamps.parseZoned(page, offset, length, Zones.UTC);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static int toMonths(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Intervals.parseMonths(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }

  public static long toMicros(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    try {
      return Intervals.parseMicros(page, offset, length);
    } catch (SqlException _) {
      return none(out);
    }
  }
}
