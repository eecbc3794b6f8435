package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.batch.BatchCopy;
import io.redward.leader.binder.BoundStatement;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.TableCommands;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.storage.table.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// INSERT, UPDATE, DELETE and MERGE, with what RETURNING answers.
final class ChangeRunner {
  private static final long MAX_RETURNED = 20_000_000;

  private final LeaderSession session;
  private final QueryRunner queries;
  private final LoggedStatement logged;
  private final ResultConsumer results;

  ChangeRunner(
      LeaderSession session, QueryRunner queries, LoggedStatement logged, ResultConsumer results) {
    this.session = session;
    this.queries = queries;
    this.logged = logged;
    this.results = results;
  }

  void run(DataStatement statement, String text, Arguments arguments) {
    long rows = change(statement, text, arguments);
    results.complete(word(statement) + rows);
  }

  private static String word(DataStatement statement) {
    return switch (statement) {
      case DataStatement.ReturningStatement returning -> word(returning.change());
      case DataStatement.InsertStatement _, DataStatement.UpsertStatement _ -> "INSERT 0 ";
      case DataStatement.UpdateStatement _ -> "UPDATE ";
      case DataStatement.DeleteStatement _ -> "DELETE ";
      default -> "MERGE ";
    };
  }

  private long change(Statement statement, String text, Arguments arguments) {
    if (statement instanceof DataStatement.InsertStatement insert) {
      OptionalLong inserted =
          new LiteralInsert(session, queries.locks(), arguments).run(insert, queries.context());
      if (inserted.isPresent()) {
        logged.changed(inserted.getAsLong());
        return inserted.getAsLong();
      }
    }
    session.transaction().writable();
    StatementPlan plan = queries.planToRun(statement, text, arguments.hints());
    TableDefinition table = ((BoundStatement.BoundChange) plan.bound()).table();
    Catalog catalog = session.transaction().catalog();
    privileges(plan.bound())
        .forEach(each -> Privileges.requireSome(catalog, session.user(), table, each));
    TableCommands.requirePlain(table, statement.position());
    Set<Integer> read = new HashSet<>(plan.bound().references().directRelations());
    read.remove(table.oid());
    queries.requireReadable(read);
    session.transaction().writableFor(table);
    boolean removes = !(plan.bound() instanceof BoundStatement.BoundInsert);
    Optional<Enforcement> enforcement = Enforcement.of(session, queries, table, removes);
    return plan.returning().isPresent()
        ? returning(plan, arguments, table, enforcement)
        : changed(plan, arguments, table, enforcement);
  }

  private long changed(
      StatementPlan plan,
      Arguments arguments,
      TableDefinition table,
      Optional<Enforcement> enforcement) {
    long rows = queries.execute(plan, arguments.values(), _ -> {}).rows();
    enforcement.ifPresent(e -> e.check(table));
    return rows;
  }

  private static Set<Privilege> privileges(BoundStatement bound) {
    return switch (bound) {
      case BoundStatement.BoundInsert _ -> Set.of(Privilege.INSERT);
      case BoundStatement.BoundUpdate _ -> Set.of(Privilege.UPDATE);
      case BoundStatement.BoundMerge merge -> merge.privileges();
      case BoundStatement.BoundDelete _ -> Set.of(Privilege.DELETE);
      case BoundStatement.BoundQuery _, BoundStatement.RestoredQuery _ -> Set.of();
    };
  }

  /// Changes the rows, then asks the query of RETURNING about them. Its subqueries see the tables
  /// as they were.
  private long returning(
      StatementPlan plan,
      Arguments arguments,
      TableDefinition table,
      Optional<Enforcement> enforcement) {
    StatementPlan.ReturningPlan returning = plan.returning().orElseThrow();
    Snapshot before = session.transaction().snapshot();
    Collected changed = new Collected();
    long rows = queries.execute(plan, arguments.values(), before, changed).rows();
    enforcement.ifPresent(e -> e.check(table));
    returning.rows().fill(changed.batches);
    results.columns(plan.columns());
    queries.answer(plan, returning.planned().plan(), arguments.values(), before);
    return rows;
  }

  /// Keeps rows in memory.
  private static final class Collected implements BatchConsumer {
    private final List<Batch> batches = new ArrayList<>();
    private long rows;

    @Override
    public void accept(Batch batch) {
      rows += batch.selectedCount;
      if (rows > MAX_RETURNED) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "RETURNING would answer with more than " + MAX_RETURNED + " rows");
      }
      batches.add(BatchCopy.of(batch));
    }
  }
}
