package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.command.LayoutChanges;
import io.redward.leader.command.SecurityGuard;
import io.redward.leader.sql.ast.DataStatement.DeleteStatement;
import io.redward.leader.sql.ast.DataStatement.InsertStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableRef;
import io.redward.leader.sql.ast.TableStatement.AlterTableAppendStatement;
import io.redward.leader.sql.ast.TableStatement.AppendMode;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// ALTER TABLE APPEND: moves all rows of one table to another, in one commit. Rows that others add
/// to the source meanwhile stay there.
///
/// Tables of the same columns hand over their rowsets as they are, with what is deleted in them;
/// nothing is read or written but the commit. Rows are copied where IGNOREEXTRA or FILLTARGET
/// leaves columns out or fills them, where the tables number their columns differently, and where
/// they share rows (one is a clone of the other).
final class TableAppend {
  private final LeaderSession session;
  private final QueryRunner queries;
  private final CommandContext context;

  TableAppend(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
    context = queries.context();
  }

  String run(AlterTableAppendStatement statement) {
    if (session.transaction().explicit()) {
      throw new SqlException(
          SqlState.ACTIVE_TRANSACTION, "ALTER TABLE APPEND cannot run inside a transaction block");
    }
    queries.locks().forChange(context, List.of(statement.target(), statement.source()));
    TableDefinition target = context.table(statement.target());
    TableDefinition source = context.table(statement.source());
    Privileges.requireOwner(context.user(), target);
    Privileges.requireOwner(context.user(), source);
    SecurityGuard.requireWhole(context, context.catalog().policies(), source);
    requireMovable(statement, target, source);
    List<Identifier> columns = columns(statement, target, source);
    AppendedLayout.requireAlike(target, source, statement.position());
    Optional<Enforcement> into = Enforcement.of(session, queries, target, false);
    Optional<Enforcement> from = Enforcement.of(session, queries, source, true);
    if (!moved(target, source)) {
      QualifiedName name = context.qualified(source);
      execute(insert(context.qualified(target), name, columns));
      execute(
          new DeleteStatement(
              Optional.empty(), name, Optional.empty(), List.of(), Optional.empty(), 0));
    }
    into.ifPresent(e -> e.check(target));
    from.ifPresent(e -> e.check(source));
    return "ALTER TABLE APPEND";
  }

  private static void requireMovable(
      AlterTableAppendStatement statement, TableDefinition target, TableDefinition source) {
    for (TableDefinition table : List.of(target, source)) {
      if (table.materialization().isPresent()) {
        throw new SqlException(
                SqlState.WRONG_OBJECT_TYPE,
                "\"" + table.name() + "\" is a materialized view, not a table")
            .withPosition(statement.position());
      }
    }
    if (target.temporary() || source.temporary() || target.oid() == source.oid()) {
      throw refused(statement, "ALTER TABLE APPEND requires two different permanent tables");
    }
  }

  /// Hands the rowsets over if they mean the same in both tables.
  private boolean moved(TableDefinition target, TableDefinition source) {
    SessionTransaction transaction = session.transaction();
    TableSnapshot rows = transaction.writable().view().table(source.oid());
    if (!AppendedLayout.meansTheSame(target, source, rows)) {
      return false;
    }
    transaction.writableFor(source);
    boolean moved = transaction.writableFor(target).move(target.oid(), source.oid());
    if (moved) {
      LayoutChanges.copy(
          transaction.writable(), transaction.snapshot(), source.oid(), target.oid());
    }
    if (moved && target.nextColumnId() < source.nextColumnId()) {
      // Values of columns that the source has dropped are in its rowsets still.
      context.writer().get().replace(target.withColumns(target.columns(), source.nextColumnId()));
    }
    return moved;
  }

  private void execute(Statement statement) {
    session.transaction().writable();
    queries.execute(queries.plan(statement, "", List.of()), List.of(), _ -> {});
  }

  private static InsertStatement insert(
      QualifiedName target, QualifiedName source, List<Identifier> columns) {
    List<QueryBody.SelectItem> items = new ArrayList<>();
    for (Identifier column : columns) {
      items.add(
          new QueryBody.SelectItem(
              new Expr.ColumnRef(new QualifiedName(List.of(column))), Optional.empty()));
    }
    QueryBody body =
        QueryBody.SelectQuery.of(
            items, List.of(new TableRef.NamedTable(source, Optional.empty())), Optional.empty(), 0);
    return new InsertStatement(Optional.empty(), target, columns, Optional.of(Query.of(body)), 0);
  }

  /// The columns that are moved.
  private static List<Identifier> columns(
      AlterTableAppendStatement statement, TableDefinition target, TableDefinition source) {
    AppendMode mode = statement.mode();
    List<Identifier> moved = new ArrayList<>();
    for (ColumnDefinition column : source.columns()) {
      Optional<ColumnDefinition> partner = target.column(column.name());
      boolean extra = partner.isEmpty() || counted(column);
      if (extra && mode != AppendMode.IGNOREEXTRA) {
        throw refused(
            statement,
            partner.isEmpty()
                ? "column \"" + column.name() + "\" of the source is not in the target"
                : "identity column \"" + column.name() + "\" cannot be appended");
      }
      if (!extra) {
        requireAlike(statement, column, partner.get());
        moved.add(Identifier.of(column.name(), 0));
      }
    }
    for (ColumnDefinition column : target.columns()) {
      boolean given = moved.stream().anyMatch(name -> name.name().equals(column.name()));
      if (!given && mode != AppendMode.FILLTARGET) {
        throw refused(
            statement, "column \"" + column.name() + "\" of the target is not in the source");
      }
    }
    if (moved.isEmpty()) {
      throw refused(statement, "source and target have no column in common");
    }
    return moved;
  }

  private static void requireAlike(
      AlterTableAppendStatement statement, ColumnDefinition from, ColumnDefinition to) {
    if (!from.type().equals(to.type())
        || from.nullable() != to.nullable()
        || !from.encoding().equals(to.encoding())) {
      throw new SqlException(
              SqlState.INVALID_TABLE_DEFINITION,
              "column \""
                  + from.name()
                  + "\" has different types, constraints or encodings in the two tables")
          .withPosition(statement.position());
    }
    if (counted(to)) {
      throw refused(statement, "identity column \"" + to.name() + "\" cannot be appended to");
    }
  }

  /// Whether a column's values are the table's own; those of GENERATED BY DEFAULT may be given.
  private static boolean counted(ColumnDefinition column) {
    return column.identity().isPresent() && !column.identity().get().byDefault();
  }

  private static SqlException refused(AlterTableAppendStatement statement, String message) {
    return new SqlException(SqlState.INVALID_TABLE_DEFINITION, message)
        .withPosition(statement.position())
        .withHint("IGNOREEXTRA drops extra columns of the source, FILLTARGET fills missing ones.");
  }
}
