package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.spi.SystemTable;
import java.util.List;

/// Isolation levels, transactions and locks.
final class TransactionTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;

  TransactionTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "stv_db_isolation_level",
            "db_name char(128), isolation_level char(20)",
            out ->
                view.catalog()
                    .databases()
                    .forEach(
                        database ->
                            out.row(
                                database.name(),
                                switch (database.isolation()) {
                                  case SNAPSHOT -> "Snapshot Isolation";
                                  case SERIALIZABLE -> "Serializable";
                                }))));
  }
}
