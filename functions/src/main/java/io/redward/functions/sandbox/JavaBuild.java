package io.redward.functions.sandbox;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.user.BodyException;
import io.redward.functions.user.FunctionSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Runs the JDK's compiler in memory: of the platform it sees `java.base`, of the warehouse
/// nothing.
final class JavaBuild {
  private static final List<String> OPTIONS =
      List.of(
          "-proc:none",
          "-implicit:none",
          "-XDstringConcat=inline",
          "-g:lines",
          "-nowarn",
          "--limit-modules",
          "java.base",
          "-classpath",
          "",
          "-Xmaxerrs",
          "1");

  private final JavaCompiler compiler;
  private final JavaSource source;

  JavaBuild(FunctionSource source) {
    this.source = new JavaSource(source);
    JavaCompiler found = ToolProvider.getSystemJavaCompiler();
    if (found == null) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "this server cannot compile Java functions")
          .withHint("Run it on a JDK: the Java runtime in use has no compiler (jdk.compiler).");
    }
    compiler = found;
  }

  /// The class file.
  ///
  /// @throws BodyException where the body is not Java
  byte[] run() {
    boolean boxedAnswer = parsed();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    boolean done = call(task(source.text(boxedAnswer), messages, classes));
    refuse(messages, boxedAnswer);
    ByteArrayOutputStream body = classes.get(JavaSource.CLASS_NAME);
    if (!done || body == null || classes.size() != 1) {
      throw new BodyException("the body declares classes", 0);
    }
    return body.toByteArray();
  }

  private static boolean call(JavacTask task) {
    try {
      return task.call();
    } catch (IllegalStateException | StackOverflowError _) {
      throw tooMuch();
    }
  }

  /// What becomes of a body at which the compiler itself breaks down.
  private static BodyException tooMuch() {
    return new BodyException("the body nests too deeply", 0);
  }

  /// Parses alone; true if the body may answer null.
  private boolean parsed() {
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    JavacTask task = task(source.text(true), messages, new HashMap<>());
    try {
      boolean answersNull = true;
      for (CompilationUnitTree unit : task.parse()) {
        refuse(messages, true);
        answersNull = source.check(unit, Trees.instance(task));
      }
      return answersNull;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalStateException | StackOverflowError _) {
      throw tooMuch();
    }
  }

  private JavacTask task(
      String text,
      DiagnosticCollector<JavaFileObject> messages,
      Map<String, ByteArrayOutputStream> classes) {
    JavaFileManager files = compiler.getStandardFileManager(messages, Locale.ROOT, null);
    return (JavacTask)
        compiler.getTask(
            Writer.nullWriter(),
            new ClassesInMemory(files, classes),
            messages,
            OPTIONS,
            null,
            List.of(new Text(text)));
  }

  private void refuse(DiagnosticCollector<JavaFileObject> messages, boolean boxedAnswer) {
    for (Diagnostic<? extends JavaFileObject> message : messages.getDiagnostics()) {
      if (message.getKind() == Diagnostic.Kind.ERROR) {
        String text =
            message
                .getMessage(Locale.ROOT)
                .lines()
                .map(String::strip)
                .reduce((a, b) -> a + ", " + b)
                .orElse("it is not Java");
        long line = message.getLineNumber() - JavaSource.LINES_BEFORE;
        throw new BodyException(
            text + (line > 0 ? " (line " + line + ")" : ""),
            source.offset(message.getPosition(), boxedAnswer));
      }
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String text) {
      super(URI.create("memory:///" + JavaSource.CLASS_NAME + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class ClassesInMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    ClassesInMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
      URI uri = URI.create("memory:///" + name + ".class");
      return new SimpleJavaFileObject(uri, kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
