package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Schema;
import io.redward.leader.session.SessionTransaction.Running;
import io.redward.leader.system.AccessLog;
import io.redward.leader.system.QueryLog;
import io.redward.leader.system.SchemaUsage;
import io.redward.storage.table.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Notes transactions that were undone, and refuses to commit those that make a schema grow beyond
/// its quota. What takes nothing more is let through, so that a full schema can be emptied.
final class TransactionEnds implements SessionTransaction.Ends {
  private final LeaderWarehouse warehouse;
  private final int databaseOid;

  TransactionEnds(LeaderWarehouse warehouse, int databaseOid) {
    this.warehouse = warehouse;
    this.databaseOid = databaseOid;
  }

  @Override
  public void undone(Running transaction) {
    warehouse
        .sessionOf(transaction.owner().processId())
        .ifPresent(
            session ->
                warehouse
                    .accesses()
                    .add(
                        new AccessLog.Undone(
                            LoggedStatement.issuer(session),
                            transaction.owner().transactionId(),
                            transaction.start(),
                            now())));
  }

  @Override
  public void committing(Running transaction, Catalog catalog, Snapshot before, Snapshot after) {
    List<String> exceeded = new ArrayList<>();
    for (Schema schema : catalog.schemas(databaseOid)) {
      if (schema.quota() > 0) {
        long grown =
            SchemaUsage.bytes(catalog, schema, after) - SchemaUsage.bytes(catalog, schema, before);
        // Others may have committed since this one began.
        long used = SchemaUsage.bytes(catalog, schema, warehouse.namespace().snapshot()) + grown;
        long megabytes = SchemaUsage.megabytes(used);
        if (grown > 0 && megabytes > schema.quota()) {
          note(transaction, schema, megabytes);
          exceeded.add(
              "(Schema: "
                  + schema.name()
                  + ", Quota: "
                  + schema.quota()
                  + ", Current Disk Usage: "
                  + megabytes
                  + ")");
        }
      }
    }
    if (!exceeded.isEmpty()) {
      throw new SqlException(
          SqlState.DISK_FULL,
          "Transaction "
              + transaction.owner().transactionId()
              + " is aborted due to exceeding the disk space quota in schema(s): "
              + String.join(", ", exceeded)
              + ". Free up disk space or request increased quota for the schema(s).");
    }
  }

  private void note(Running transaction, Schema schema, long megabytes) {
    warehouse
        .sessionOf(transaction.owner().processId())
        .ifPresent(
            session -> {
              QueryLog.Issuer issuer = LoggedStatement.issuer(session);
              warehouse
                  .accesses()
                  .add(
                      new AccessLog.QuotaViolation(
                          issuer, transaction.owner().transactionId(), schema, megabytes, now()));
            });
  }

  private Instant now() {
    return warehouse.clock().instant();
  }
}
