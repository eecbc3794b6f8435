package io.redward.functions.signature;

import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.Physical;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/// The public static method that computes a function or a conversion, and how to call it.
///
/// An INT argument is an `int`, LONG a `long`, DOUBLE a `double`, INT128 two `long`s (high, low),
/// BYTES a `byte[]` page, `int` offset and `int` length. INT, LONG and DOUBLE results are returned;
/// INT128 and BYTES results go into a trailing [ValueOut] and the method is `void`. A function that
/// may answer NULL although no argument is NULL takes the [ValueOut] too and always sets
/// `out.isNull`; others leave that field alone. No method is called with a NULL argument: every
/// function is strict. A BYTES result may lie in an argument's page or in `out.scratch`, and is
/// valid until the next call at the same call site.
///
/// @param arguments the forms of all arguments, those that the catalogue appends included
public record FunctionImplementation(
    Class<?> owner,
    String method,
    List<Physical> arguments,
    Physical result,
    boolean mayAnswerNull) {
  private static final ClassDesc BYTE_ARRAY = ConstantDescs.CD_byte.arrayType();
  private static final ClassDesc VALUE_OUT = ClassDesc.of(ValueOut.class.getName());

  public FunctionImplementation {
    arguments = List.copyOf(arguments);
  }

  /// True if the method's last parameter is a [ValueOut].
  public boolean usesValueOut() {
    return mayAnswerNull || result == Physical.BYTES || result == Physical.INT128;
  }

  /// The method's descriptor, which the forms of arguments and result determine.
  public MethodTypeDesc descriptor() {
    List<ClassDesc> parameters = new ArrayList<>();
    for (Physical argument : arguments) {
      switch (argument) {
        case INT -> parameters.add(ConstantDescs.CD_int);
        case LONG -> parameters.add(ConstantDescs.CD_long);
        case DOUBLE -> parameters.add(ConstantDescs.CD_double);
        case INT128 -> {
          parameters.add(ConstantDescs.CD_long);
          parameters.add(ConstantDescs.CD_long);
        }
        case BYTES -> {
          parameters.add(BYTE_ARRAY);
          parameters.add(ConstantDescs.CD_int);
          parameters.add(ConstantDescs.CD_int);
        }
      }
    }
    if (usesValueOut()) {
      parameters.add(VALUE_OUT);
    }
    return MethodTypeDesc.of(returned(), parameters);
  }

  private ClassDesc returned() {
    return switch (result) {
      case INT -> ConstantDescs.CD_int;
      case LONG -> ConstantDescs.CD_long;
      case DOUBLE -> ConstantDescs.CD_double;
      case INT128, BYTES -> ConstantDescs.CD_void;
    };
  }
}
