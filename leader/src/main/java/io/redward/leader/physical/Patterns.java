package io.redward.leader.physical;

import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Like;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Tells the catalogue's pattern functions whose pattern is the same in every row, which execution
/// prepares once, from those whose pattern varies, which stay calls.
final class Patterns {
  private Patterns() {}

  /// @param arguments value, pattern and perhaps the escape character
  static Optional<Expression> match(String functionId, List<Expression> arguments) {
    Optional<Like.Kind> kind = kind(functionId);
    if (kind.isEmpty() || arguments.size() < 2) {
      return Optional.empty();
    }
    Expression pattern = arguments.get(1);
    boolean fixed = pattern instanceof Literal || pattern instanceof Parameter;
    if (!fixed) {
      return Optional.empty();
    }
    if (arguments.size() == 2) {
      return Optional.of(new Like(kind.get(), arguments.get(0), pattern, '\\'));
    }
    if (arguments.get(2) instanceof Literal literal
        && literal.value() instanceof Constant.BytesValue(byte[] bytes)) {
      String escape = new String(bytes, StandardCharsets.UTF_8);
      char character = escape.isEmpty() ? '\0' : escape.charAt(0);
      return Optional.of(new Like(kind.get(), arguments.get(0), pattern, character));
    }
    return Optional.empty();
  }

  private static Optional<Like.Kind> kind(String functionId) {
    return switch (functionId) {
      case "like" -> Optional.of(Like.Kind.LIKE);
      case "ilike" -> Optional.of(Like.Kind.ILIKE);
      case "similar_to" -> Optional.of(Like.Kind.SIMILAR_TO);
      case "posix_regex" -> Optional.of(Like.Kind.POSIX);
      case "posix_iregex" -> Optional.of(Like.Kind.POSIX_CASE_INSENSITIVE);
      default -> Optional.empty();
    };
  }
}
