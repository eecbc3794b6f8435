package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.TableDefinition;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The temporary tables of a session, to be dropped at its end.
record TemporaryTables(LeaderSession session) {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryTables.class);

  void drop() {
    SessionTransaction transaction = session.transaction();
    List<TableDefinition> tables = transaction.catalog().temporaryTables(session.processId());
    if (tables.isEmpty()) {
      transaction.rollback();
      return;
    }
    try {
      CatalogWriter writer = transaction.catalogWriter();
      tables.forEach(table -> writer.drop(table, true));
      transaction.commit();
    } catch (SqlException e) {
      LOG.warn("temporary tables of session {} stay: {}", session.processId(), e.message());
    }
  }
}
