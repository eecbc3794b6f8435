package io.redward.codegen.dsl;

import java.util.List;

/// A class to be: fields bound at opening, in order, and methods.
public record GeneratedClass(String name, List<Code.Field> fields, List<GeneratedMethod> methods) {
  public GeneratedClass {
    fields = List.copyOf(fields);
    methods = List.copyOf(methods);
  }
}
