package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// What may stand in and behind a call's parentheses besides its arguments.
///
/// @param star `count(*)`
/// @param approximate `APPROXIMATE count(DISTINCT x)`
/// @param orderBy inside the parentheses
/// @param withinGroup `WITHIN GROUP (ORDER BY …)`
/// @param nulls IGNORE NULLS or RESPECT NULLS, inside or behind the parentheses
public record CallClauses(
    boolean distinct,
    boolean star,
    boolean approximate,
    List<SortItem> orderBy,
    List<SortItem> withinGroup,
    Optional<Expr> filter,
    NullTreatment nulls) {
  public static final CallClauses NONE =
      new CallClauses(
          false, false, false, List.of(), List.of(), Optional.empty(), NullTreatment.UNSTATED);

  public CallClauses {
    orderBy = List.copyOf(orderBy);
    withinGroup = List.copyOf(withinGroup);
  }

  /// Whether a window function passes over nulls.
  public enum NullTreatment {
    UNSTATED,
    IGNORE,
    RESPECT
  }
}
