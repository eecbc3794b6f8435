package io.redward.functions;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.math.NumberFormat;
import io.redward.functions.signature.ExtraArgument;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.FunctionImplementation;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.ResolvedFunction;
import io.redward.functions.signature.Volatility;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All built-in scalar functions and those operators that a plan has no expression of its own for,
/// by name: `||`, bit operators, date arithmetic (`+` and `-` over datetimes and intervals).
///
/// Resolution follows PostgreSQL's: among the definitions of a name with as many parameters as
/// there are arguments, the one whose implied conversions cost least wins, an earlier definition
/// before a later one. **Differs:** conversions are ranked by one sum of costs instead of by stages
/// of elimination, so a call is never ambiguous.
///
/// Immutable; one instance serves all sessions.
public final class FunctionCatalog {
  private static final String TO_NUMBER = "to_number(string,string)";

  private final List<FunctionDefinition> definitions;
  private final Map<String, List<FunctionDefinition>> byName = new HashMap<>();
  private final Map<String, FunctionDefinition> byId = new HashMap<>();

  FunctionCatalog(List<FunctionDefinition> definitions) {
    this.definitions = List.copyOf(definitions);
    for (FunctionDefinition definition : definitions) {
      if (byId.put(definition.id(), definition) != null) {
        throw new IllegalStateException("two functions with the id " + definition.id());
      }
      for (String name : definition.names()) {
        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(definition);
      }
    }
  }

  /// The functions that are always there.
  public static FunctionCatalog builtIn() {
    return BuiltIn.CATALOG;
  }

  /// The function that a call means, empty if no definition takes such arguments.
  ///
  /// @param name in any case, without a schema
  /// @param argumentTypes UNKNOWN for untyped literals and bare NULLs; its precision may carry the
  ///     literal's length in bytes
  public Optional<ResolvedFunction> resolve(String name, List<SqlType> argumentTypes) {
    FunctionDefinition best = null;
    int bestCost = ParameterType.REFUSED;
    for (FunctionDefinition candidate : overloads(name)) {
      int cost = cost(candidate, argumentTypes);
      if (cost < bestCost) {
        best = candidate;
        bestCost = cost;
      }
    }
    return best == null ? Optional.empty() : Optional.of(best.resolved(argumentTypes));
  }

  private static int cost(FunctionDefinition candidate, List<SqlType> argumentTypes) {
    List<ParameterType> parameters = candidate.parameters();
    if (parameters.size() != argumentTypes.size()) {
      return ParameterType.REFUSED;
    }
    int cost = 0;
    for (int i = 0; i < parameters.size(); i++) {
      cost += parameters.get(i).cost(argumentTypes.get(i));
    }
    return cost;
  }

  /// The same call where the text of its last argument is a constant: the format of TO_NUMBER
  /// decides on the type of the result. Other calls stay as they are.
  public ResolvedFunction withConstant(ResolvedFunction call, String text) {
    if (!call.functionId().equals(TO_NUMBER)) {
      return call;
    }
    int scale = Math.min(NumberFormat.scale(text), SqlType.MAX_DECIMAL_SCALE);
    return new ResolvedFunction(
        call.functionId(),
        call.parameterTypes(),
        List.of(ExtraArgument.of(scale)),
        SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, scale),
        call.volatility(),
        call.placement(),
        call.mayAnswerNull(),
        call.stable());
  }

  /// True if the first argument of this function is a date part, written as a name or a string:
  /// the binder gives it as an INTEGER literal, the [io.redward.functions.text.DatePart#code()].
  /// A string that is no constant stays a string.
  public boolean takesDatePart(String name) {
    for (FunctionDefinition definition : overloads(name)) {
      List<ParameterType> parameters = definition.parameters();
      if (!parameters.isEmpty() && parameters.getFirst() == ParameterType.DATE_PART) {
        return true;
      }
    }
    return false;
  }

  /// The function that converts a value where the conversion depends on the session's time zone;
  /// empty where it does not. Casts to and from TIMESTAMPTZ and to TIMETZ are of this kind; the
  /// result of one to a string is a VARCHAR(64) that may have to be cast on to its length.
  public Optional<ResolvedFunction> zonedCast(SqlType from, SqlType to) {
    String target = to.kind().isString() ? "text" : to.kind().name().toLowerCase(Locale.ROOT);
    SqlType source = from.kind() == TypeKind.UNKNOWN ? SqlType.varchar(from.precision()) : from;
    return source.kind() == to.kind()
        ? Optional.empty()
        : overloads("$" + target).stream()
            .filter(definition -> cost(definition, List.of(source)) == 0)
            .findFirst()
            .map(definition -> definition.resolved(List.of(source)));
  }

  /// The function that converts a name to REGCLASS, REGPROC or REGTYPE, or one of these to its
  /// name; empty for other conversions.
  public Optional<ResolvedFunction> objectCast(SqlType from, SqlType to) {
    boolean isName = from.kind().isString() || from.kind() == TypeKind.UNKNOWN;
    if (isName && isObject(to)) {
      return resolve("$" + to.kind().name(), List.of(from));
    }
    return isObject(from) && to.kind().isString()
        ? resolve("$" + from.kind().name() + "_text", List.of(from))
        : Optional.empty();
  }

  private static boolean isObject(SqlType type) {
    return switch (type.kind()) {
      case REGCLASS, REGPROC, REGTYPE -> true;
      default -> false;
    };
  }

  /// True if some function has this name.
  public boolean contains(String name) {
    return !overloads(name).isEmpty();
  }

  /// The signatures of all functions of this name, for error messages.
  public List<String> candidates(String name) {
    List<String> signatures = new ArrayList<>();
    for (FunctionDefinition definition : overloads(name)) {
      signatures.add(definition.signature(name.toLowerCase(Locale.ROOT)));
    }
    return signatures;
  }

  /// The error for a call that means no function.
  public static SqlException notFound(String name, List<SqlType> argumentTypes) {
    List<String> types = new ArrayList<>();
    for (SqlType type : argumentTypes) {
      types.add(type.kind().sqlName());
    }
    return new SqlException(
            SqlState.UNDEFINED_FUNCTION,
            "function " + name + "(" + String.join(", ", types) + ") does not exist")
        .withHint(
            "No function matches the given name and argument types. "
                + "You may need to add explicit type casts.");
  }

  /// The method behind a function id of a plan.
  public FunctionImplementation implementation(String functionId) {
    FunctionDefinition definition = byId.get(functionId);
    if (definition == null) {
      throw new IllegalArgumentException("no function " + functionId);
    }
    return definition
        .implementation()
        .orElseThrow(
            () -> new IllegalArgumentException(functionId + " is a parameter, not a call"));
  }

  /// True if two calls of the function with the same arguments may answer differently.
  public boolean isVolatile(String functionId) {
    FunctionDefinition definition = byId.get(functionId);
    return definition != null && definition.traits().volatility() == Volatility.VOLATILE;
  }

  /// All definitions, family by family.
  public List<FunctionDefinition> definitions() {
    return definitions;
  }

  /// All names, in no order.
  public Collection<String> names() {
    return byName.keySet();
  }

  private List<FunctionDefinition> overloads(String name) {
    return byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /// Made at first use.
  private static final class BuiltIn {
    static final FunctionCatalog CATALOG = new FunctionCatalog(Families.definitions());
  }
}
