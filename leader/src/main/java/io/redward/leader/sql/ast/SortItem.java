package io.redward.leader.sql.ast;

import java.util.Optional;

/// One key of ORDER BY; ORDER BY ALL is one whose expression is a star.
///
/// @param nullsFirst empty where neither NULLS FIRST nor NULLS LAST is written (then nulls are
///     last in ascending order and first in descending order)
public record SortItem(Expr expr, boolean descending, Optional<Boolean> nullsFirst) {}
