package io.redward.functions.sandbox;

import io.redward.functions.user.BodyException;
import io.redward.functions.user.FunctionLanguage;
import io.redward.functions.user.FunctionSource;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;

/// LANGUAGE java.
public final class JavaLanguage implements FunctionLanguage {
  private static final int KEPT = 500;

  private final Map<FunctionSource, byte[]> compiled = recent();
  private final Map<UserFunction, MethodHandle> loaded = recent();

  /// For [java.util.ServiceLoader].
  public JavaLanguage() {}

  private static <K, V> Map<K, V> recent() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > KEPT;
      }
    };
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public synchronized byte[] compile(FunctionSource source) {
    byte[] known = compiled.get(source);
    if (known != null) {
      return known;
    }
    byte[] made = new JavaBuild(source).run();
    new ClassCheck().check(made);
    compiled.put(source, made);
    return made;
  }

  @Override
  public UserCode load(UserFunction function) {
    try {
      return (JavaCode) constructor(function).invokeExact();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot make " + function, e);
    }
  }

  private synchronized MethodHandle constructor(UserFunction function) {
    MethodHandle known = loaded.get(function);
    if (known != null) {
      return known;
    }
    try {
      new ClassCheck().check(function.code());
      byte[] counted = new Instrumentation(function).rewrite(function.code());
      Class<?> type = new SandboxLoader().define(counted);
      MethodHandle made =
          MethodHandles.publicLookup()
              .findConstructor(type, MethodType.methodType(void.class))
              .asType(MethodType.methodType(JavaCode.class));
      loaded.put(function, made);
      return made;
    } catch (BodyException | NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException("cannot load " + function, e);
    }
  }
}
