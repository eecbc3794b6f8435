package io.redward.functions.datetime;

import io.redward.functions.signature.FunctionDefinition;
import java.util.ArrayList;
import java.util.List;

/// All definitions of dates and times.
public final class DatetimeFunctions {
  private DatetimeFunctions() {}

  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.addAll(PartTable.definitions());
    all.addAll(ShiftTable.definitions());
    all.addAll(ClockTable.definitions());
    all.addAll(OperatorTable.definitions());
    return all;
  }
}
