package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableDefinition;
import io.redward.spi.CopyRequest;
import io.redward.spi.FileShape;
import io.redward.spi.LoadFailedException;
import io.redward.spi.LoadTarget;
import io.redward.spi.Loader;
import io.redward.storage.table.Isolation;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.TransactionOwner;
import io.redward.storage.table.WriteTransaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Files as tables: `SELECT * FROM '/data/x.parquet'`. What they hold is looked at when the
/// statement is bound; when it runs they are loaded as by COPY, in a transaction that is never
/// committed, and what reads them is an ordinary scan.
final class FileTables {
  /// Nobody's table: the transaction holds no other.
  private static final int SCRATCH = Integer.MAX_VALUE;

  /// What a row of a file may take, for the planner.
  private static final double ROW_BYTES = 64;

  private final LeaderSession session;
  private final CancelToken cancel;

  FileTables(LeaderSession session, CancelToken cancel) {
    this.session = session;
    this.cancel = cancel;
  }

  /// The table that files are, under an oid by which the statement's snapshot finds their rows.
  TableDefinition at(String location, int position) {
    try {
      Loader loader = session.warehouse().engine().loader();
      FileShape shape =
          loader.describe(
              location.startsWith(Uploads.SCHEME)
                  ? new CopyRequest.Origin(upload(location), false, true)
                  : new CopyRequest.Origin(whole(location), false, session.user().superuser()));
      List<ColumnDefinition> columns = new ArrayList<>();
      for (FileShape.Column column : shape.columns()) {
        columns.add(ColumnDefinition.of(columns.size() + 1, column.name(), column.type(), true));
      }
      TableDefinition table =
          TableDefinition.of(0, name(location), session.user().oid(), columns).withOid(SCRATCH);
      int oid =
          session
              .transaction()
              .past()
              .add(() -> rows(loader, shape.request(), table), shape.bytes() / ROW_BYTES);
      return table.withOid(oid);
    } catch (SqlException e) {
      throw e.position().isPresent() ? e : e.withPosition(position);
    }
  }

  /// What the user has handed over, and only that, needs no right to read the server's files.
  private String upload(String location) {
    return session
        .warehouse()
        .uploads()
        .orElseThrow(
            () -> new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "nothing is uploaded here"))
        .file(session.user().name(), location)
        .toString();
  }

  /// A path that is no URL is one of the server's; it may be relative to where that runs.
  private static String whole(String location) {
    return location.startsWith("s3://") || location.startsWith("file:")
        ? location
        : Path.of(location).toAbsolutePath().normalize().toString();
  }

  /// The file's name without what stands before and behind it.
  private static String name(String location) {
    String name = location.substring(location.lastIndexOf('/') + 1);
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private TableSnapshot rows(Loader loader, CopyRequest request, TableDefinition table) {
    WriteTransaction scratch =
        session.warehouse().namespace().begin(Isolation.SNAPSHOT, TransactionOwner.WAREHOUSE);
    session.transaction().past().whenCleared(scratch::rollback);
    List<LoadTarget.Column> columns = new ArrayList<>();
    List<Integer> fields = new ArrayList<>();
    for (ColumnDefinition column : table.columns()) {
      fields.add(columns.size());
      columns.add(
          new LoadTarget.Column(column.name(), column.type(), true, Optional.empty(), false));
    }
    LoadTarget target =
        new LoadTarget(
            SCRATCH, table.name(), table.shape(), columns, fields, _ -> new long[] {0, 1});
    try {
      loader.load(request, target, scratch, cancel, (_, _, _) -> {});
    } catch (LoadFailedException e) {
      throw new SqlException(
              e.error().state(),
              "file \""
                  + request.origin().location()
                  + "\" has a row that does not fit its columns")
          .withDetail(e.error().detail().orElse(""));
    }
    return scratch.view().table(SCRATCH);
  }
}
