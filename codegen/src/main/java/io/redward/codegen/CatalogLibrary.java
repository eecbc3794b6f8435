package io.redward.codegen;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.functions.FunctionCatalog;
import io.redward.functions.cast.CastCatalog;
import io.redward.functions.signature.FunctionImplementation;
import io.redward.functions.user.UserFunction;
import java.util.List;
import java.util.Optional;

/// The built-in functions.
enum CatalogLibrary implements FunctionLibrary {
  INSTANCE;

  @Override
  public FunctionBinding function(String functionId) {
    return binding(FunctionCatalog.builtIn().implementation(functionId), List.of());
  }

  @Override
  public boolean isVolatile(String functionId) {
    return UserFunction.isId(functionId)
        ? UserFunction.parse(functionId).changeable()
        : FunctionCatalog.builtIn().isVolatile(functionId);
  }

  @Override
  public Optional<FunctionBinding> cast(SqlType from, SqlType to, boolean strict) {
    return CastCatalog.implementation(from, to, strict)
        .map(cast -> binding(cast.function(), cast.trailing()));
  }

  @Override
  public Optional<FunctionBinding> castOrNull(SqlType from, SqlType to) {
    return CastCatalog.orNull(from, to).map(cast -> binding(cast.function(), cast.trailing()));
  }

  private static FunctionBinding binding(FunctionImplementation method, List<Integer> trailing) {
    List<Physical> arguments = method.arguments();
    return new FunctionBinding(
        method.owner(),
        method.method(),
        arguments.subList(0, arguments.size() - trailing.size()),
        trailing,
        method.result(),
        method.mayAnswerNull());
  }
}
