package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CopyJob;
import io.redward.leader.catalog.User;
import io.redward.leader.command.CopyCommand;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.DataStatement.CopyStatement;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.spi.CopyRequest;
import io.redward.storage.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs COPY jobs of AUTO ON when there are files that they have not loaded, each by a statement of
/// its owner's. One that fails is put off.
final class AutoCopy implements Runnable {
  static final int INTERVAL_SECONDS = 5;

  /// What its sessions call themselves.
  static final String APPLICATION = "auto-copy";

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(AutoCopy.class);

  private final LeaderWarehouse warehouse;
  private final Map<Long, Instant> putOff = new HashMap<>();

  AutoCopy(LeaderWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public void run() {
    try {
      Snapshot snapshot = warehouse.namespace().snapshot();
      for (CopyJob job : CopyJob.all(snapshot)) {
        Instant now = warehouse.clock().instant();
        if (job.auto() && !now.isBefore(putOff.getOrDefault(job.id(), Instant.MIN))) {
          look(job, snapshot, warehouse.catalog());
        }
      }
    } catch (RuntimeException e) {
      // An interrupt ends the last look when the warehouse is closed.
      if (!Thread.currentThread().isInterrupted()) {
        LOG.warn("looking for files of COPY jobs failed", e);
      }
    }
  }

  private void look(CopyJob job, Snapshot snapshot, Catalog catalog) {
    try {
      User owner = catalog.user(job.owner()).orElseThrow();
      CopyStatement copy =
          (CopyStatement) SqlParser.parse(job.text(), ParserOptions.DEFAULT).getFirst().statement();
      CopyRequest.Origin origin = CopyCommand.origin(copy, owner.superuser());
      if (warehouse.engine().loader().hasFiles(origin.beyond(job.known(snapshot)))) {
        String database = catalog.object(job.database()).orElseThrow().name();
        Warehouse.Login login = new Warehouse.Login(owner.name(), database, "", 0);
        try (Session session = warehouse.open(login, Map.of("application_name", APPLICATION))) {
          session.executeScript(
              "COPY JOB RUN " + SqlPrinter.print(Identifier.of(job.name(), 0)),
              NullConsumer.INSTANCE);
        }
      }
    } catch (SqlException e) {
      putOff.put(job.id(), warehouse.clock().instant().plus(AFTER_FAILURE));
      LOG.warn("COPY job {} failed: {}", job.name(), e.message());
    }
  }
}
