package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.PastTables;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogReader;
import io.redward.leader.catalog.InitialValues;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Moment;
import io.redward.plan.expression.Constant;
import io.redward.storage.namespace.FilledSnapshot;
import io.redward.storage.table.History;
import io.redward.storage.table.Snapshot;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Resolves AT for a session.
record SessionPastTables(LeaderSession session, QueryRunner queries) implements PastTables {
  /// A state of the namespace with the catalog it had.
  record PastState(Snapshot snapshot, Catalog catalog) {
    /// @param snapshot as stored
    static PastState of(Snapshot snapshot) {
      return new PastState(snapshot, new CatalogReader().load(snapshot));
    }

    /// The rows, with the values that added columns had.
    Snapshot filled() {
      return new FilledSnapshot(
          snapshot, table -> catalog.table((int) table).map(InitialValues::of).orElseGet(Map::of));
    }
  }

  @Override
  public TableDefinition at(TableDefinition table, Moment moment) {
    PastState past = state(moment);
    Optional<TableDefinition> then = past.catalog().table(table.oid());
    if (then.isEmpty()) {
      throw new SqlException(
              SqlState.UNDEFINED_TABLE,
              "relation \"" + table.name() + "\" did not exist at that time")
          .withPosition(moment.position())
          .withDetail("The state asked for is version " + past.snapshot().version() + ".");
    }
    return then.get().withOid(session.transaction().past().add(past.filled().table(table.oid())));
  }

  @Override
  public TableDefinition file(String location, int position) {
    return new FileTables(session, queries.cancel()).at(location, position);
  }

  /// The state at a moment.
  PastState state(Moment moment) {
    History history = session.warehouse().namespace().history();
    try {
      return PastState.of(
          switch (moment.kind()) {
            case VERSION -> history.at(number(moment, SqlType.BIGINT));
            case TIMESTAMP -> history.at(time(number(moment, SqlType.TIMESTAMPTZ)));
            case OFFSET -> {
              long now = micros(session.warehouse().clock().instant());
              yield history.at(time(now + number(moment, SqlType.BIGINT) * 1_000_000));
            }
          });
    } catch (SqlException e) {
      throw e.withPosition(moment.position());
    }
  }

  private long number(Moment moment, SqlType type) {
    Constant value = queries.defaultValue(SqlPrinter.print(moment.value()), type);
    if (value instanceof Constant.LongValue(long number)) {
      return number;
    }
    throw new SqlException(
        SqlState.INVALID_PARAMETER_VALUE, "AT (" + moment.kind() + " => NULL) names no state");
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static Instant time(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }
}
