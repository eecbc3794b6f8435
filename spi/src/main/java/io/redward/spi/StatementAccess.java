package io.redward.spi;

import io.redward.plan.run.TableAccess;
import io.redward.storage.table.ReadRecorder;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.WriteTransaction;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/// What one execution may touch, opened by the leader and used by compute.
///
/// @param snapshot what scans read
/// @param reads takes note of what is scanned
/// @param transaction where inserts, deletes and updates go; empty for a read
/// @param shapes the shape of a table that the statement writes, by table id
/// @param identities new values for identity columns
/// @param refuseRepeatedUpdates whether an UPDATE that finds several new versions of a row fails
/// @param systemTables sources of system scans
/// @param memoryBytes how much the statement may keep in memory, where the session limits it
public record StatementAccess(
    Snapshot snapshot,
    ReadRecorder reads,
    Optional<WriteTransaction> transaction,
    LongFunction<TableShape> shapes,
    IdentityRanges identities,
    boolean refuseRepeatedUpdates,
    SystemTables systemTables,
    OptionalLong memoryBytes)
    implements TableAccess {
  /// To read stored tables and nothing else, of which no transaction takes notice.
  public static StatementAccess reading(Snapshot snapshot, OptionalLong memoryBytes) {
    return new StatementAccess(
        snapshot,
        ReadRecorder.NONE,
        Optional.empty(),
        table -> {
          throw new IllegalStateException("table " + table + " is not to be written");
        },
        (table, _) -> {
          throw new IllegalStateException("table " + table + " is not to be written");
        },
        false,
        SystemTables.NONE,
        memoryBytes);
  }
}
