package io.redward.plan.expression;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import java.util.ArrayList;
import java.util.List;

/// A searched CASE: the result of the first branch whose condition is true, else `otherwise`.
/// COALESCE, NVL, NULLIF, DECODE, GREATEST are written as this. Results have the type's scale and
/// form `physical`.
public record Case(List<Branch> branches, Expression otherwise, SqlType type, Physical physical)
    implements Expression {
  /// One WHEN … THEN ….
  public record Branch(Expression condition, Expression result) {}

  public Case {
    branches = List.copyOf(branches);
  }

  @Override
  public boolean nullable() {
    return otherwise.nullable() || branches.stream().anyMatch(b -> b.result().nullable());
  }

  @Override
  public List<Expression> children() {
    List<Expression> children = new ArrayList<>();
    for (Branch branch : branches) {
      children.add(branch.condition());
      children.add(branch.result());
    }
    children.add(otherwise);
    return children;
  }
}
