package io.redward.functions.sandbox;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.types.SqlType;
import io.redward.functions.user.FunctionSource;
import io.redward.functions.user.UserCode;
import io.redward.functions.user.UserFunction;
import java.util.List;

/// Functions `f(a INTEGER) RETURNS INTEGER` in Java, made of their bodies.
final class Bodies {
  private static final JavaLanguage JAVA = new JavaLanguage();
  private static final UserFunction.Limits LIMITS = new UserFunction.Limits(100, 8 << 20);

  private Bodies() {}

  static byte[] compile(String body) {
    return JAVA.compile(
        new FunctionSource(
            "f",
            List.of(new FunctionSource.Parameter("a", SqlType.INTEGER)),
            SqlType.INTEGER,
            true,
            body));
  }

  static UserCode load(String body) {
    return load(body, LIMITS, new CancelToken());
  }

  static UserCode load(String body, UserFunction.Limits limits, CancelToken cancel) {
    UserFunction function =
        new UserFunction(
            "f",
            "java",
            List.of(SqlType.INTEGER),
            SqlType.INTEGER,
            true,
            false,
            limits,
            compile(body));
    UserCode code = JAVA.load(UserFunction.parse(function.id()));
    code.bind(function, cancel);
    return code;
  }

  static int run(String body, int argument) {
    UserCode code = load(body);
    code.setInt(0, argument);
    code.run();
    return code.number;
  }
}
