package io.redward.functions.sandbox;

import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;

/// What the compiler makes of lambdas: a method each, and an instruction that asks the JDK for an
/// object which calls it. Of a method reference it makes the instruction alone, which names the
/// method meant; [Instrumentation] adds a method that calls that one, and counts.
final class Lambdas {
  private static final String PREFIX = "lambda$";
  private static final ClassDesc FACTORY = ClassDesc.of("java.lang.invoke.LambdaMetafactory");
  private static final ClassDesc BODY = ClassDesc.of(JavaSource.CLASS_NAME);

  private Lambdas() {}

  /// Whether a method is that of a lambda: private, of the compiler's own naming.
  static boolean isBody(MethodModel method) {
    return method.flags().has(AccessFlag.PRIVATE)
        && method.flags().has(AccessFlag.SYNTHETIC)
        && method.methodName().stringValue().startsWith(PREFIX);
  }

  /// The name of the method added for a reference.
  static String added(int number) {
    return PREFIX + "reference$" + number;
  }

  /// The method that an instruction refers to, if it is not a lambda's.
  static Optional<DirectMethodHandleDesc> reference(InvokeDynamicInstruction made) {
    return made.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc method && !isBody(method)
        ? Optional.of(method)
        : Optional.empty();
  }

  private static boolean isBody(DirectMethodHandleDesc method) {
    return method.owner().equals(BODY) && method.methodName().startsWith(PREFIX);
  }

  /// Whether the method is one that could be called as well.
  private static boolean isAllowed(DirectMethodHandleDesc method) {
    return switch (method.kind()) {
      case STATIC, INTERFACE_STATIC, VIRTUAL, INTERFACE_VIRTUAL, CONSTRUCTOR ->
          method.owner().equals(BODY)
              || method.owner().isClassOrInterface()
                  && AllowedCalls.rule(
                          internalName(method.owner()),
                          method.methodName(),
                          method.lookupDescriptor())
                      != AllowedCalls.Rule.REFUSED;
      default -> false;
    };
  }

  /// Whether an instruction makes an object of an allowed type that calls such a method, or
  /// one that functions may call, and nothing else.
  static boolean isMade(InvokeDynamicInstruction made) {
    DirectMethodHandleDesc factory = made.bootstrapMethod();
    List<ConstantDesc> arguments = made.bootstrapArgs();
    ClassDesc type = made.typeSymbol().returnType();
    return factory.owner().equals(FACTORY)
        && factory.methodName().equals("metafactory")
        && factory.kind() == DirectMethodHandleDesc.Kind.STATIC
        && arguments.size() == 3
        && arguments.get(1) instanceof DirectMethodHandleDesc method
        && (isBody(method) || isAllowed(method))
        && type.isClassOrInterface()
        && AllowedCalls.isLambda(internalName(type));
  }

  private static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1);
  }
}
