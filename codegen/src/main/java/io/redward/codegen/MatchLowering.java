package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.InList;
import io.redward.plan.expression.Like;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Parameter;
import io.redward.runtime.kernel.BytesSet;
import io.redward.runtime.kernel.LongSet;
import io.redward.runtime.segment.SegmentContext;
import io.redward.runtime.string.LikeMatcher;
import io.redward.runtime.string.RegexMatcher;
import java.util.List;
import java.util.function.Function;

/// Lowers IN lists and pattern matches: what can be prepared is an object in a field.
final class MatchLowering {
  /// Up to so many members are compared one by one.
  private static final int FEW = 4;

  private final ClassPlan plan;
  private final ComparisonLowering comparisons;

  MatchLowering(ClassPlan plan, ComparisonLowering comparisons) {
    this.plan = plan;
    this.comparisons = comparisons;
  }

  Value in(InList in, Value operand, Scope scope) {
    return scope.unlessNull(
        operand.isNull(), Physical.INT, "in", inner -> Value.of(member(in, operand, inner)));
  }

  private Code member(InList in, Value operand, Scope scope) {
    List<Constant> members = in.values();
    boolean set = operand.physical() != Physical.DOUBLE && operand.physical() != Physical.INT128;
    if (members.size() > FEW && set) {
      return inSet(members, operand);
    }
    Value value = scope.stable("x", operand);
    Constants constants = new Constants(plan);
    Code found = Code.FALSE;
    for (Constant constant : members) {
      Value member = constants.literal(in.operand().type(), constant);
      found =
          Codes.or(
              found,
              comparisons.compare(Comparison.Operator.EQUAL, in.operand().type(), value, member));
    }
    return found;
  }

  private Code inSet(List<Constant> members, Value operand) {
    if (operand.physical() == Physical.BYTES) {
      List<byte[]> strings = members.stream().map(Constants::bytesOf).toList();
      BytesSet set = BytesSet.of(strings);
      Code field = plan.field("set", BytesSet.class, _ -> set);
      return Codes.invoke(field, "contains", boolean.class, operand.parts().toArray(Code[]::new));
    }
    LongSet set = LongSet.of(members.stream().mapToLong(Constants::longOf).toArray());
    Code field = plan.field("set", LongSet.class, _ -> set);
    return Codes.invoke(field, "contains", boolean.class, Codes.toLong(operand.part()));
  }

  Value like(Like like, Value operand, Value pattern, Scope scope) {
    Function<SegmentContext, byte[]> text = patternText(like.pattern());
    Code isNull = Codes.or(operand.isNull(), pattern.isNull());
    return scope.unlessNull(
        isNull,
        Physical.INT,
        "like",
        _ -> {
          Code matcher = matcher(like, text);
          return Value.of(
              Codes.invoke(
                  matcher, "matches", boolean.class, operand.parts().toArray(Code[]::new)));
        });
  }

  private Code matcher(Like like, Function<SegmentContext, byte[]> text) {
    char escape = like.escape();
    return switch (like.kind()) {
      case LIKE ->
          plan.field("like", LikeMatcher.class, c -> LikeMatcher.of(text.apply(c), escape, false));
      case ILIKE ->
          plan.field("like", LikeMatcher.class, c -> LikeMatcher.of(text.apply(c), escape, true));
      case SIMILAR_TO ->
          plan.field(
              "regex",
              RegexMatcher.class,
              c -> RegexMatcher.similar(text.apply(c), escape, c.cancel()));
      case POSIX ->
          plan.field(
              "regex",
              RegexMatcher.class,
              c -> RegexMatcher.posix(text.apply(c), false, c.cancel()));
      case POSIX_CASE_INSENSITIVE ->
          plan.field(
              "regex",
              RegexMatcher.class,
              c -> RegexMatcher.posix(text.apply(c), true, c.cancel()));
    };
  }

  private static Function<SegmentContext, byte[]> patternText(Expression pattern) {
    return switch (pattern) {
      case Literal(_, Constant value) -> _ -> Constants.bytesOf(value);
      case Parameter parameter -> c -> Constants.bytesOf(c.parameter(parameter.index()));
      default -> throw new IllegalStateException("a pattern that is no constant");
    };
  }
}
