package io.redward.python;

import io.redward.foundation.types.SqlType;
import io.redward.functions.user.BodyException;
import io.redward.functions.user.FunctionLanguage;
import io.redward.functions.user.FunctionSource;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;
import org.graalvm.polyglot.Value;

/// LANGUAGE plpythonu. Code is the text of a module with one function.
public final class PythonLanguage implements FunctionLanguage {
  private static final int MAX_BODY = 1 << 16;

  /// What the module is called in stack traces.
  private static final String MODULE = "function";

  /// Where a message of a syntax error says that it is, counting the module's lines.
  private static final Pattern PLACE = Pattern.compile(" \\(" + MODULE + ", line \\d+\\)");

  /// The class of an exception by which the sandbox refuses something.
  private static final Pattern HOST_CLASS = Pattern.compile("^([a-z]\\w*\\.)+[\\w$]+: ");

  /// Lines of the module before the body's first.
  private static final int LINES_BEFORE = 1;

  /// Takes away what the sandbox of GraalPy forgets: signals are the whole process's, handlers and
  /// all, and an alarm is a thread. The module is the interpreter's own, which cannot be had anew.
  private static final Source CLOSING =
      Source.create(
          "python",
          """
          import sys, _signal
          def _close(modules):
            def refuse(*arguments):
              raise PermissionError(1, 'Operation not permitted')
            for module in modules:
              for name in dir(module):
                if callable(getattr(module, name)) and not name.startswith('__'):
                  setattr(module, name, refuse)
          _close([_signal] + ([sys.modules['signal']] if 'signal' in sys.modules else []))
          del _close, _signal, sys
          import decimal, datetime
          """);

  /// Made at first use: it takes a second.
  private static final class Shared {
    static final Engine ENGINE =
        Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build();
  }

  /// For [java.util.ServiceLoader].
  public PythonLanguage() {}

  @Override
  public String name() {
    return "plpythonu";
  }

  /// An interpreter that reaches nothing outside of it: such is the default.
  private static Context context() {
    return Context.newBuilder("python")
        .engine(Shared.ENGINE)
        .allowAllAccess(false)
        .in(InputStream.nullInputStream())
        .out(OutputStream.nullOutputStream())
        .err(OutputStream.nullOutputStream())
        .build();
  }

  /// One that is ready to run functions.
  static Context closedContext() {
    Context context = context();
    context.eval(CLOSING);
    return context;
  }

  static Source source(byte[] code) {
    return Source.newBuilder("python", new String(code, StandardCharsets.UTF_8), MODULE)
        .buildLiteral();
  }

  @Override
  public byte[] compile(FunctionSource function) {
    if (function.body().length() > MAX_BODY) {
      throw new BodyException("the body is longer than " + MAX_BODY + " characters", MAX_BODY);
    }
    byte[] code = text(function).getBytes(StandardCharsets.UTF_8);
    try (Context context = context()) {
      context.parse(source(code));
      return code;
    } catch (PolyglotException e) {
      throw new BodyException(description(e), -1);
    }
  }

  /// What the user is told of an exception, with its line of the body if that is known.
  static String description(PolyglotException error) {
    String message = error.getMessage() == null ? "it was ended" : error.getMessage();
    String text = HOST_CLASS.matcher(message).replaceFirst("");
    return PLACE.matcher(text).replaceFirst("") + line(error);
  }

  private static String line(PolyglotException error) {
    SourceSection place = error.getSourceLocation();
    boolean parsing = error.isSyntaxError() && place != null;
    int line = (parsing ? place.getStartLine() : raised(error)) - LINES_BEFORE;
    return line > 0 ? " (line " + line + ")" : "";
  }

  /// The line of the module in which an exception was raised, by the innermost of its own frames
  /// in Python's traceback; 0 if there is none.
  private static int raised(PolyglotException error) {
    int line = 0;
    Value exception = error.getGuestObject();
    if (error.isExit() || error.isCancelled() || exception == null || !exception.hasMembers()) {
      return 0;
    }
    Value trace = exception.getMember("__traceback__");
    while (trace != null && !trace.isNull()) {
      Value code = trace.getMember("tb_frame").getMember("f_code");
      if (code.getMember("co_filename").asString().equals(MODULE)) {
        line = trace.getMember("tb_lineno").asInt();
      }
      trace = trace.getMember("tb_next");
    }
    return line;
  }

  private static String text(FunctionSource function) {
    List<String> names = new ArrayList<>();
    List<SqlType> types = new ArrayList<>();
    for (FunctionSource.Parameter parameter : function.parameters()) {
      String name = parameter.name().isEmpty() ? "arg" + (names.size() + 1) : parameter.name();
      if (!name.matches("[A-Za-z_][A-Za-z_0-9]*")) {
        throw new BodyException("\"" + name + "\" cannot be the name of a Python variable", -1);
      }
      names.add(name);
      types.add(parameter.type());
    }
    types.add(function.returns());
    for (SqlType type : types) {
      PythonForm.of(type)
          .orElseThrow(
              () ->
                  new BodyException(
                      "a Python function cannot take or answer values of type "
                          + type.kind().sqlName(),
                      -1));
    }
    StringBuilder text = new StringBuilder("def f(" + String.join(", ", names) + "):\n");
    function
        .body()
        .stripTrailing()
        .stripIndent()
        .lines()
        .forEach(line -> text.append(' ').append(line).append('\n'));
    return text.append(" pass\n").toString();
  }

  @Override
  public UserCode load(UserFunction function) {
    return new PythonCode(function);
  }
}
