package io.redward.functions.user;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The languages on the class path.
public final class FunctionLanguages {
  private FunctionLanguages() {}

  /// Found at first use.
  private static final class Found {
    static final Map<String, FunctionLanguage> LANGUAGES =
        ServiceLoader.load(FunctionLanguage.class, FunctionLanguages.class.getClassLoader())
            .stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toMap(FunctionLanguage::name, Function.identity()));
  }

  /// @param name in lower case
  public static Optional<FunctionLanguage> find(String name) {
    return Optional.ofNullable(Found.LANGUAGES.get(name));
  }

  /// The function at work, for one worker.
  ///
  /// @throws IllegalStateException if this process does not have the language
  public static UserCode load(UserFunction function) {
    return find(function.language())
        .orElseThrow(
            () -> new IllegalStateException("no language " + function.language() + " here"))
        .load(function);
  }
}
