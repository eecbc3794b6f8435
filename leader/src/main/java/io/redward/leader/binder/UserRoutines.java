package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Volatility;
import io.redward.functions.user.FunctionLanguage;
import io.redward.functions.user.FunctionLanguages;
import io.redward.functions.user.FunctionSource;
import io.redward.functions.user.UserFunction;
import io.redward.leader.catalog.Routine;
import java.util.List;

/// Functions of the catalog in programming languages, as the languages want them.
public final class UserRoutines {
  private UserRoutines() {}

  /// @throws SqlException 0A000 if this warehouse does not have the language
  public static FunctionLanguage language(Routine routine) {
    String name = routine.traits().language();
    return FunctionLanguages.find(name)
        .orElseThrow(
            () -> {
              SqlException error =
                  new SqlException(
                      SqlState.FEATURE_NOT_SUPPORTED,
                      "language \"" + name + "\" is not supported here");
              return name.equals("plpythonu")
                  ? error.withHint(
                      "Python is a plug-in: build it with -Pplugins and start the server with"
                          + " REDWARD_PLUGINS naming its folder of jars. LANGUAGE java is always"
                          + " there.")
                  : error.withHint("There are LANGUAGE sql and LANGUAGE java.");
            });
  }

  public static FunctionSource source(Routine routine) {
    List<FunctionSource.Parameter> parameters =
        routine.inputs().stream()
            .map(input -> new FunctionSource.Parameter(input.name(), input.type()))
            .toList();
    return new FunctionSource(
        routine.name(),
        parameters,
        routine.returns().orElseThrow(),
        routine.traits().skipsNulls(),
        routine.body());
  }

  /// The function, ready to run.
  static UserFunction of(Routine routine, UserFunction.Limits limits) {
    FunctionSource source = source(routine);
    List<SqlType> arguments =
        source.parameters().stream().map(FunctionSource.Parameter::type).toList();
    return new UserFunction(
        routine.name(),
        routine.traits().language(),
        arguments,
        source.returns(),
        source.skipsNulls(),
        routine.traits().volatility() == Volatility.VOLATILE,
        limits,
        language(routine).compile(source));
  }
}
