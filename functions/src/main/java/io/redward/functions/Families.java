package io.redward.functions;

import io.redward.functions.binary.BinaryFunctions;
import io.redward.functions.datetime.DatetimeFunctions;
import io.redward.functions.hash.HashFunctions;
import io.redward.functions.json.JsonFunctions;
import io.redward.functions.json.SuperFunctions;
import io.redward.functions.math.MathFunctions;
import io.redward.functions.regex.PatternFunctions;
import io.redward.functions.session.SessionTable;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.spatial.SpatialFunctions;
import io.redward.functions.string.StringFunctions;
import java.util.ArrayList;
import java.util.List;

/// The families, in the order of the manual.
final class Families {
  private Families() {}

  static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> definitions = new ArrayList<>();
    definitions.addAll(StringFunctions.definitions());
    definitions.addAll(DatetimeFunctions.definitions());
    definitions.addAll(MathFunctions.definitions());
    definitions.addAll(PatternFunctions.definitions());
    definitions.addAll(JsonFunctions.definitions());
    definitions.addAll(SuperFunctions.definitions());
    definitions.addAll(HashFunctions.definitions());
    definitions.addAll(BinaryFunctions.definitions());
    definitions.addAll(SpatialFunctions.definitions());
    definitions.addAll(SessionTable.definitions());
    return definitions;
  }
}
