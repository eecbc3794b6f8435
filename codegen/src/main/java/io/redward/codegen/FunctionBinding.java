package io.redward.codegen;

import io.redward.foundation.types.Physical;
import java.util.List;

/// A public static method that computes a function or a conversion. An INT argument is an `int`,
/// LONG a
/// `long`, DOUBLE a `double`, INT128 two `long`s (high, low), BYTES `byte[]`, offset, length.
/// INT128 and BYTES results, and NULL, go into a trailing [io.redward.foundation.batch.ValueOut].
///
/// @param trailing `int` constants to be passed after the arguments
record FunctionBinding(
    Class<?> owner,
    String method,
    List<Physical> arguments,
    List<Integer> trailing,
    Physical result,
    boolean mayAnswerNull) {
  boolean usesOut() {
    return mayAnswerNull || result == Physical.BYTES || result == Physical.INT128;
  }
}
