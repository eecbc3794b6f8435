package io.redward.leader.binder;

import io.redward.foundation.types.SqlType;
import io.redward.leader.sql.ast.WithClause.CommonTable;
import io.redward.spi.SystemTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The recursive queries of one statement, in the order in which they are to be run.
final class Recursions {
  private final List<Recursion> all = new ArrayList<>();
  private final Map<CommonTable, WorkTable> inProgress = new IdentityHashMap<>();
  private final Map<CommonTable, WorkTable> done = new IdentityHashMap<>();
  private int tables;

  /// A new table for rows of these columns.
  WorkTable table(String name, List<String> columns, List<SqlType> types) {
    List<SystemTable.Column> described = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      described.add(new SystemTable.Column(columns.get(i), types.get(i)));
    }
    return new WorkTable(name + "_" + ++tables, described);
  }

  void add(Recursion recursion) {
    all.add(recursion);
  }

  List<Recursion> all() {
    return List.copyOf(all);
  }

  /// From now on the name means this table, until it is done.
  void begin(CommonTable query, WorkTable fresh) {
    inProgress.put(query, fresh);
  }

  void end(CommonTable query, WorkTable rows) {
    inProgress.remove(query);
    done.put(query, rows);
  }

  /// What a WITH query's name means while it is bound, or after.
  Optional<WorkTable> find(CommonTable query) {
    return Optional.ofNullable(inProgress.get(query))
        .or(() -> Optional.ofNullable(done.get(query)));
  }
}
