package io.redward.load.format;

import io.redward.foundation.types.SqlType;
import java.util.regex.Pattern;

/// The type that fits all values of a column seen so far: the narrowest of BOOLEAN, BIGINT, DOUBLE
/// PRECISION, DATE, TIMESTAMP and VARCHAR.
final class ValueKinds {
  private static final Pattern BOOLEAN = Pattern.compile("true|false", Pattern.CASE_INSENSITIVE);
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-[01]\\d-[0-3]\\d");
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-[01]\\d-[0-3]\\d([ T][0-2]\\d:[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?)?");

  private boolean booleans = true;
  private boolean integers = true;
  private boolean numbers = true;
  private boolean dates = true;
  private boolean timestamps = true;
  private boolean any;

  void add(String value) {
    any = true;
    booleans &= BOOLEAN.matcher(value).matches();
    // Leading zeros are of codes, not of numbers.
    boolean code = value.length() > 1 && value.charAt(0) == '0' && value.charAt(1) != '.';
    integers &= !code && INTEGER.matcher(value).matches();
    numbers &= !code && NUMBER.matcher(value).matches();
    dates &= DATE.matcher(value).matches();
    timestamps &= TIMESTAMP.matcher(value).matches();
  }

  /// Only as text.
  void addText() {
    any = true;
    booleans = integers = numbers = dates = timestamps = false;
  }

  SqlType type() {
    if (!any) {
      return SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
    }
    if (booleans) {
      return SqlType.BOOLEAN;
    }
    if (integers) {
      return SqlType.BIGINT;
    }
    if (numbers) {
      return SqlType.DOUBLE;
    }
    if (dates) {
      return SqlType.DATE;
    }
    return timestamps ? SqlType.TIMESTAMP : SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
  }

  /// Whether it is anything but text.
  boolean typed() {
    return any && type().kind() != SqlType.varchar(1).kind();
  }
}
