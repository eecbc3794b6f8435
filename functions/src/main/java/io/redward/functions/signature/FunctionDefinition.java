package io.redward.functions.signature;

import io.redward.foundation.types.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One function of the catalogue: one name with one list of parameters. Overloads are several
/// definitions, aliases several names.
///
/// @param id unique; what plans name: the first name with its parameter types
/// @param names as users write them, in lower case; the first is the documented one
/// @param implementation absent where `stable` is present
/// @param stable the value of the session that a call without arguments stands for
public record FunctionDefinition(
    String id,
    List<String> names,
    List<ParameterType> parameters,
    ResultRule result,
    Optional<FunctionImplementation> implementation,
    List<ExtraRule> extras,
    Optional<StableFunction> stable,
    Traits traits,
    Documentation documentation) {
  /// The answer of examples that differs from time to time and place to place.
  public static final String VARIES = "…";

  public FunctionDefinition {
    names = List.copyOf(names);
    parameters = List.copyOf(parameters);
    extras = List.copyOf(extras);
  }

  /// Where and how often the function may be computed.
  public record Traits(Volatility volatility, Placement placement) {}

  /// For the manual and the example tests.
  ///
  /// @param family the manual page
  /// @param summary one sentence
  public record Documentation(String family, String summary, List<Example> examples) {
    public Documentation {
      examples = List.copyOf(examples);
    }
  }

  /// A SQL expression and its value as text.
  public record Example(String expression, String answer) {}

  /// How an argument that the user did not write follows from the types of those he did.
  @FunctionalInterface
  public interface ExtraRule {
    ExtraArgument argument(List<SqlType> arguments);
  }

  /// The call of this function with arguments of these types.
  public ResolvedFunction resolved(List<SqlType> argumentTypes) {
    List<SqlType> coerced = new ArrayList<>();
    for (int i = 0; i < argumentTypes.size(); i++) {
      coerced.add(parameters.get(i).coerced(argumentTypes.get(i)));
    }
    List<ExtraArgument> arguments = new ArrayList<>();
    for (ExtraRule extra : extras) {
      arguments.add(extra.argument(coerced));
    }
    return new ResolvedFunction(
        id,
        coerced,
        arguments,
        result.type(coerced),
        traits.volatility(),
        traits.placement(),
        implementation.map(FunctionImplementation::mayAnswerNull).orElse(false),
        stable);
  }

  /// The signature as error messages show it: `lpad(character varying, integer)`.
  public String signature(String name) {
    List<String> types = new ArrayList<>();
    for (ParameterType parameter : parameters) {
      types.add(parameter.sqlName());
    }
    return name + "(" + String.join(", ", types) + ")";
  }
}
