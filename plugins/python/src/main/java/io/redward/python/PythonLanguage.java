package io.redward.python;

import io.redward.foundation.types.SqlType;
import io.redward.functions.user.BodyException;
import io.redward.functions.user.FunctionLanguage;
import io.redward.functions.user.FunctionSource;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;

/// LANGUAGE plpythonu. Code is the text of a module with one function.
public final class PythonLanguage implements FunctionLanguage {
  private static final int MAX_BODY = 1 << 16;

  /// Lines of the module before the body's first.
  private static final int LINES_BEFORE = 1;

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
  static Context context() {
    return Context.newBuilder("python").engine(Shared.ENGINE).build();
  }

  static Source source(byte[] code) {
    return Source.create("python", new String(code, StandardCharsets.UTF_8));
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
      throw new BodyException(e.getMessage() + line(e), -1);
    }
  }

  /// Where in the body an error is, if that is known.
  static String line(PolyglotException error) {
    SourceSection place = error.getSourceLocation();
    if (place == null) {
      return "";
    }
    int line = place.getStartLine() - LINES_BEFORE;
    return line > 0 ? " (line " + line + ")" : "";
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
