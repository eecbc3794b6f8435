package io.redward.codegen.dsl;

import java.util.List;

/// A method of a generated class.
public record GeneratedMethod(
    String name, List<Variable> parameters, Class<?> type, Statement.Block body, boolean exported) {
  public GeneratedMethod {
    parameters = List.copyOf(parameters);
  }
}
