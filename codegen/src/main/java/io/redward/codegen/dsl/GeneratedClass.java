package io.redward.codegen.dsl;

import java.util.List;

/// A class to be.
///
/// @param fields bound at opening, in order
/// @param shared what methods hand each other
public record GeneratedClass(
    String name, List<Code.Field> fields, List<Code.Field> shared, List<GeneratedMethod> methods) {
  public GeneratedClass {
    fields = List.copyOf(fields);
    shared = List.copyOf(shared);
    methods = List.copyOf(methods);
  }
}
