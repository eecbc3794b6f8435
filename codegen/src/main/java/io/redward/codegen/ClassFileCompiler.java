package io.redward.codegen;

import io.redward.codegen.dsl.CodeEmitter;
import io.redward.codegen.dsl.CodePrinter;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.runtime.segment.CompiledSegment;
import io.redward.runtime.segment.SegmentCompiler;
import io.redward.runtime.segment.SegmentProgram;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Compiles segments to hidden classes and keeps the classes: segments whose programs read the
/// same, constants aside, share one. Thread-safe; one serves the process.
public final class ClassFileCompiler implements SegmentCompiler {
  /// Classes kept; the one not used for longest goes first.
  private static final int CACHED_CLASSES = 2_000;

  private final FunctionLibrary library;
  private final Map<String, MethodHandle> constructors =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MethodHandle> eldest) {
          return size() > CACHED_CLASSES;
        }
      };

  public ClassFileCompiler() {
    this(CatalogLibrary.INSTANCE);
  }

  ClassFileCompiler(FunctionLibrary library) {
    this.library = library;
  }

  @Override
  public CompiledSegment compile(PhysicalPlan plan, Segment segment) {
    long start = System.nanoTime();
    SegmentLowering.Lowered lowered = SegmentLowering.lower(plan, segment, library);
    CodePrinter.Printed printed = CodePrinter.print(lowered.generated());
    String text = printed.text();
    MethodHandle constructor = cached(text);
    boolean cached = constructor != null;
    if (constructor == null) {
      constructor =
          define(CodeEmitter.emit(lowered.generated(), GeneratedProgram.class, printed.lines()));
      keep(text, constructor);
    }
    Supplier<SegmentProgram> programs =
        programs(constructor, lowered.values(), lowered.writesOutput());
    long nanos = System.nanoTime() - start;
    return new CompiledSegment(programs, cached ? 0 : nanos, cached, () -> text);
  }

  private synchronized @Nullable MethodHandle cached(String text) {
    return constructors.get(text);
  }

  private synchronized void keep(String text, MethodHandle constructor) {
    constructors.put(text, constructor);
  }

  private static MethodHandle define(byte[] bytes) {
    try {
      MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
      MethodHandle constructor =
          hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class));
      return constructor.asType(MethodType.methodType(GeneratedProgram.class));
    } catch (IllegalAccessException | NoSuchMethodException e) {
      throw new IllegalStateException("cannot define a generated class", e);
    }
  }

  private static Supplier<SegmentProgram> programs(
      MethodHandle constructor, List<FieldValue> values, boolean writesOutput) {
    return () -> {
      try {
        return ((GeneratedProgram) constructor.invokeExact()).with(values, writesOutput);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("cannot instantiate a generated class", e);
      }
    };
  }
}
