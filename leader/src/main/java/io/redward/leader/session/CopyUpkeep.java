package io.redward.leader.session;

import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.ColumnEncoding;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.sql.ast.CopyOption;
import io.redward.leader.sql.ast.CopyOption.Switch;
import io.redward.leader.sql.ast.CopyOption.SwitchOption;
import io.redward.leader.sql.ast.CopyOption.SwitchValue;
import io.redward.leader.sql.ast.DataStatement.CopyStatement;
import io.redward.leader.system.AnalyzeLog;
import io.redward.leader.system.StoredEncodings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What COPY does to encodings (COMPUPDATE) and statistics (STATUPDATE) beside loading rows.
///
/// Encodings change only where the table is empty and the statement asks for it: with ON each
/// column's is left to the storage, which chooses by the values of each block; with PRESET it is
/// the one for the column's type. Sort keys keep theirs. Statistics are kept as rows are written,
/// so STATUPDATE only says whether the load is logged as an analysis, as it is without the word
/// where the table was empty.
final class CopyUpkeep {
  private final LeaderSession session;
  private final CommandContext context;
  private final CopyStatement copy;
  private final Instant start;
  private boolean wasEmpty;
  private Optional<TableDefinition> changed = Optional.empty();

  CopyUpkeep(LeaderSession session, CommandContext context, CopyStatement copy) {
    this.session = session;
    this.context = context;
    this.copy = copy;
    start = session.warehouse().clock().instant();
  }

  private Optional<SwitchValue> value(Switch parameter) {
    Optional<SwitchValue> value = Optional.empty();
    for (CopyOption option : copy.options()) {
      if (option instanceof SwitchOption each && each.parameter() == parameter) {
        value = Optional.of(each.value());
      }
    }
    return value;
  }

  private boolean loads() {
    return copy.options().stream()
        .noneMatch(
            o -> o instanceof CopyOption.FlagOption flag && flag.flag() == CopyOption.Flag.NOLOAD);
  }

  /// Changes encodings, before the rows come.
  void before() {
    TableDefinition table = context.table(copy.table());
    wasEmpty = session.transaction().snapshot().table(table.oid()).rowCount() == 0;
    Optional<SwitchValue> wanted = value(Switch.COMPUPDATE).filter(v -> v != SwitchValue.OFF);
    if (wasEmpty
        && loads()
        && wanted.isPresent()
        && Privileges.holds(context.catalog(), context.user(), table, Privilege.INSERT)) {
      List<ColumnDefinition> columns =
          table.columns().stream().map(c -> encoded(table, c, wanted.get())).toList();
      changed = Optional.of(table);
      if (!columns.equals(table.columns())) {
        context.writer().get().replace(table.withColumns(columns, table.nextColumnId()));
      }
    }
  }

  private static ColumnDefinition encoded(
      TableDefinition table, ColumnDefinition column, SwitchValue wanted) {
    if (table.layout().sortKey().contains(column.id())) {
      return column;
    }
    return column.withEncoding(
        wanted == SwitchValue.PRESET
            ? ColumnEncoding.preset(column.type().kind(), false).text()
            : ColumnEncoding.AUTO.text());
  }

  /// Notes what has been done, once the rows are there.
  void after() {
    TableDefinition table = context.table(copy.table());
    AnalyzeLog log = session.warehouse().analyzes();
    if (changed.isPresent()) {
      TableDefinition before = changed.get();
      String mode = value(Switch.COMPUPDATE).orElseThrow() == SwitchValue.ON ? "ON" : "PRESET";
      for (int i = 0; i < before.columns().size(); i++) {
        ColumnDefinition old = before.columns().get(i);
        log.add(
            new AnalyzeLog.Compression(
                context.user().oid(),
                session.transaction().number().orElse(0L),
                table.oid(),
                table.name(),
                i,
                old.encoding(),
                StoredEncodings.reported(
                    table, table.columns().get(i), session.transaction().snapshot()),
                mode,
                OptionalLong.empty(),
                start));
      }
    }
    Optional<SwitchValue> statistics = value(Switch.STATUPDATE);
    if (loads() && statistics.map(v -> v != SwitchValue.OFF).orElse(wasEmpty)) {
      log.add(
          new AnalyzeLog.Entry(
              context.user().oid(),
              table.oid(),
              session.transaction().snapshot().table(table.oid()).rowCount(),
              0,
              statistics.isEmpty(),
              start,
              session.warehouse().clock().instant()));
    }
  }
}
