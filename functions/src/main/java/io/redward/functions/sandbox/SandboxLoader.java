package io.redward.functions.sandbox;

import java.util.Set;

/// Loads one function's class. Of other classes it finds those that functions may use, and the few
/// of the sandbox itself.
final class SandboxLoader extends ClassLoader {
  private static final Set<String> OWN =
      Set.of(
          JavaCode.class.getName(),
          Guards.class.getName(),
          CollectionGuards.class.getName(),
          StreamGuards.class.getName(),
          CollectorGuards.class.getName(),
          OrderGuards.class.getName());

  /// What the JVM's own check of a class asks for beside: types of parameters and ancestors.
  private static final Set<String> TYPES =
      Set.of(
          "java.lang.Throwable",
          "java.lang.Error",
          "java.lang.Comparable",
          "java.lang.invoke.LambdaMetafactory",
          "java.lang.invoke.MethodHandles$Lookup",
          "java.lang.invoke.MethodHandles",
          "java.lang.invoke.MethodHandle",
          "java.lang.invoke.MethodType",
          "java.lang.invoke.CallSite",
          "java.lang.invoke.ConstantCallSite",
          "java.lang.Enum",
          "java.io.Serializable");

  SandboxLoader() {
    super("function", null);
  }

  Class<?> define(byte[] classFile) {
    return defineClass(JavaSource.CLASS_NAME, classFile, 0, classFile.length);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (OWN.contains(name)) {
      return Class.forName(name, false, SandboxLoader.class.getClassLoader());
    }
    String internal = name.replace('.', '/');
    boolean time = name.startsWith("java.time.temporal.") || name.startsWith("java.time.chrono.");
    if (AllowedCalls.isClass(internal) || TYPES.contains(name) || time) {
      return super.loadClass(name, resolve);
    }
    throw new ClassNotFoundException("functions may not use " + name);
  }
}
