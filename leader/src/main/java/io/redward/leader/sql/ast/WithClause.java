package io.redward.leader.sql.ast;

import java.util.List;

/// `WITH [RECURSIVE] name [(columns)] AS (query), …`.
public record WithClause(boolean recursive, List<CommonTable> tables, int position)
    implements Node {
  public WithClause {
    tables = List.copyOf(tables);
  }

  /// One named query.
  public record CommonTable(Identifier name, List<Identifier> columns, Query query)
      implements Node {
    public CommonTable {
      columns = List.copyOf(columns);
    }

    @Override
    public int position() {
      return name.position();
    }
  }
}
