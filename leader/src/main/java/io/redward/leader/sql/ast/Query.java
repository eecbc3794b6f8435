package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// A query with what surrounds its body: `WITH … body ORDER BY … LIMIT … OFFSET …`.
///
/// A parenthesised query inside a set operation that has such parts of its own appears as a
/// [QueryBody.NestedQuery].
///
/// @param limit empty for none and for LIMIT ALL; FETCH FIRST n ROWS arrives here too
/// @param forUpdate FOR UPDATE or FOR SHARE was written
public record Query(
    Optional<WithClause> with,
    QueryBody body,
    List<SortItem> orderBy,
    Optional<Expr> limit,
    Optional<Expr> offset,
    boolean forUpdate,
    int position)
    implements Node {
  public Query {
    orderBy = List.copyOf(orderBy);
  }

  /// A body with nothing around it.
  public static Query of(QueryBody body) {
    return new Query(
        Optional.empty(),
        body,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        body.position());
  }

  /// True if nothing surrounds the body.
  public boolean isBare() {
    return with.isEmpty() && orderBy.isEmpty() && limit.isEmpty() && offset.isEmpty() && !forUpdate;
  }
}
