package io.redward.functions.cast;

import io.redward.functions.signature.FunctionImplementation;
import java.util.List;

/// The method that converts a value, and the constants it takes after the value: precision, scale
/// or length, as the method's documentation says.
public record CastImplementation(FunctionImplementation function, List<Integer> trailing) {
  public CastImplementation {
    trailing = List.copyOf(trailing);
  }
}
