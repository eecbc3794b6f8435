package io.redward.codegen;

import io.redward.codegen.dsl.CodeEmitter;
import io.redward.codegen.dsl.CodePrinter;
import io.redward.codegen.dsl.GeneratedClass;
import io.redward.plan.run.SegmentProfile;
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
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compiles segments to hidden classes and keeps the classes: segments whose programs read the
/// same, constants aside, share one. Thread-safe; one serves the process.
public final class ClassFileCompiler implements SegmentCompiler {
  private static final Logger LOG = LoggerFactory.getLogger(ClassFileCompiler.class);

  /// Classes kept; the one not used for longest goes first.
  private static final int CACHED_CLASSES = 2_000;

  private final FunctionLibrary library;
  private final CodeStore store;
  private final Map<String, MethodHandle> constructors =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MethodHandle> eldest) {
          return size() > CACHED_CLASSES;
        }
      };

  public ClassFileCompiler() {
    this(CodeStore.NONE);
  }

  /// @param store where classes are looked for before they are made, and kept when they are
  public ClassFileCompiler(CodeStore store) {
    this(CatalogLibrary.INSTANCE, store);
  }

  ClassFileCompiler(FunctionLibrary library, CodeStore store) {
    this.library = library;
    this.store = store;
  }

  @Override
  public CompiledSegment compile(PhysicalPlan plan, Segment segment) {
    long start = System.nanoTime();
    SegmentLowering.Lowered lowered = SegmentLowering.lower(plan, segment, library);
    CodePrinter.Printed printed = CodePrinter.print(lowered.generated());
    String text = printed.text();
    MethodHandle constructor = cached(text);
    boolean cached = constructor != null;
    SegmentProfile.Code made = SegmentProfile.Code.CACHED;
    if (constructor == null) {
      long emitted = System.nanoTime();
      Optional<MethodHandle> known = stored(text);
      if (known.isPresent()) {
        constructor = known.get();
      } else {
        byte[] code = emit(lowered.generated(), printed);
        emitted = System.nanoTime();
        constructor = define(code);
      }
      long defined = System.nanoTime();
      made = new SegmentProfile.Code(emitted - start, defined - emitted, known.isPresent());
      keep(text, constructor);
    }
    Supplier<SegmentProgram> programs =
        programs(constructor, lowered.values(), lowered.writesOutput());
    return new CompiledSegment(programs, made, cached, () -> text);
  }

  /// The class as another process has kept it. What the JVM refuses is made anew.
  private Optional<MethodHandle> stored(String text) {
    try {
      return store.find(text).map(ClassFileCompiler::define);
    } catch (LinkageError | IllegalStateException e) {
      LOG.warn("a stored class is left aside: {}", e.toString());
      return Optional.empty();
    }
  }

  private byte[] emit(GeneratedClass generated, CodePrinter.Printed printed) {
    byte[] code = CodeEmitter.emit(generated, GeneratedProgram.class, printed.lines());
    store.keep(printed.text(), code);
    return code;
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
