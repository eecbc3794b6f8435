package io.redward.functions.math;

import io.redward.functions.signature.FunctionDefinition;
import java.util.ArrayList;
import java.util.List;

/// All definitions of numbers.
public final class MathFunctions {
  private MathFunctions() {}

  public static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>();
    all.addAll(RoundingTable.definitions());
    all.addAll(RealTable.definitions());
    all.addAll(BitTable.definitions());
    all.addAll(NumberFormatTable.definitions());
    return all;
  }
}
