package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.leader.binder.BindContext;
import io.redward.leader.binder.Binder;
import io.redward.leader.binder.BoundStatement.BoundQuery;
import io.redward.leader.binder.BoundStatement.References;
import io.redward.leader.catalog.Materialization;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.materialized.ViewRewriter;
import io.redward.leader.materialized.ViewRewriter.Candidate;
import io.redward.leader.materialized.ViewShape;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.storage.table.Snapshot;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/// The materialized views that a query may be answered from: those that hold what their queries
/// would yield now. Who may read the tables may read what is made of them; where policies choose
/// or mask what the user sees of the tables, no view is read in their place.
final class FreshViews {
  private final BindContext context;
  private final PlannerContext planner;
  private final Snapshot snapshot;

  FreshViews(BindContext context, PlannerContext planner, Snapshot snapshot) {
    this.context = context;
    this.planner = planner;
    this.snapshot = snapshot;
  }

  /// A query's tree, perhaps with views in it.
  ///
  /// @param contents filled with the content versions of the tables that the views were made of,
  ///     by oid: with others the tree is wrong
  RelNode in(BoundQuery query, Map<Integer, Long> contents) {
    References references = query.references();
    if (!context.session().rewrites()
        || references.tables().isEmpty()
        || references.volatileFunctions()
        || references.masked()
        || !references.policies().isEmpty()
        || references.tables().stream()
            .allMatch(table -> context.catalog().materializedOver(table).isEmpty())) {
      return query.rel();
    }
    RelNode rewritten = new ViewRewriter(planner, this::over).rewrite(query.rel());
    if (rewritten != query.rel()) {
      references
          .tables()
          .forEach(table -> contents.put(table, snapshot.table(table).contentVersion()));
    }
    return rewritten;
  }

  /// Views of just these tables, those with fewer rows first.
  private List<Candidate> over(List<Integer> tables) {
    long most = tables.stream().mapToLong(t -> snapshot.table(t).rowCount()).max().orElse(0);
    return context.catalog().materializedOver(tables.getFirst()).stream()
        .filter(table -> isFresh(table.materialization().orElseThrow(), tables))
        .filter(table -> snapshot.table(table.oid()).rowCount() <= most)
        .sorted(Comparator.comparingLong(table -> snapshot.table(table.oid()).rowCount()))
        .flatMap(table -> candidate(table).stream())
        .toList();
  }

  private boolean isFresh(Materialization view, List<Integer> tables) {
    return view.upkeep().rewrites()
        && view.versions().keySet().equals(new HashSet<>(tables))
        && !view.isStale(snapshot);
  }

  private Optional<Candidate> candidate(TableDefinition table) {
    Materialization view = table.materialization().orElseThrow();
    try {
      if (SqlParser.parseStatement(view.query(), ParserOptions.PRINTED)
          instanceof DataStatement.QueryStatement(Query query)) {
        BindContext own = context.within(context.session().withSearchPath(view.searchPath()));
        BoundQuery bound =
            (BoundQuery) Binder.bind(new DataStatement.QueryStatement(query), own, planner);
        return bound.references().tables().equals(view.versions().keySet())
            ? Optional.of(
                new Candidate(
                    table, ViewShape.of(bound), context.statistics().apply(table.stored())))
            : Optional.empty();
      }
    } catch (SqlException _) {
      // Its names mean nothing to this user, or nothing any more.
    }
    return Optional.empty();
  }
}
