package io.redward.functions.user;

/// A programming language of functions. Thread-safe; made by its constructor without arguments.
public interface FunctionLanguage {
  /// As LANGUAGE names it, in lower case.
  String name();

  /// The code of a function, ready to be carried to where it runs.
  ///
  /// @throws BodyException where the body is not the language's or wants what is not allowed
  byte[] compile(FunctionSource source);

  /// The function at work, for one worker.
  UserCode load(UserFunction function);
}
