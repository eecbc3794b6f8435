package io.redward.leader.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.redward.foundation.trace.Stage;
import io.redward.foundation.trace.StageTimes;
import io.redward.leader.binder.BindContext;
import io.redward.leader.binder.Binder;
import io.redward.leader.binder.BoundStatement;
import io.redward.leader.binder.Recursion;
import io.redward.leader.catalog.CatalogReads;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.optimizer.LogicalText;
import io.redward.leader.optimizer.Optimizer;
import io.redward.leader.physical.PhysicalPlanner;
import io.redward.leader.physical.PlannedQuery;
import io.redward.leader.physical.StatementTarget;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.session.StatementPlan.ReturningPlan;
import io.redward.leader.sql.StatementShape;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.system.PlanText;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.storage.table.Snapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.calcite.rel.RelNode;

/// One query's way, stage by stage; a newcomer reads this first.
///
/// ```
///  text ──parse──▶ Statement ──bind──▶ BoundStatement ──optimize──▶ RelNode
///       ──distribute, cut──▶ PhysicalPlan ──compile, run──▶ batches
/// ```
///
/// Each stage takes a value and returns one; nobody calls back up. Parsing is the session's,
/// because a text may hold several statements; compiling and running are the [Engine]'s. What lies
/// between is here, and in front of it a cache of plans by statement text.
final class QueryPipeline {
  private static final int MAX_TEXTS = 1_000;
  private static final int MAX_REMEMBERED = 10_000;

  private record Written(String text, ParserOptions options) {}

  private final Optimizer optimizer;
  private final AtomicLong numbers = new AtomicLong();
  private final PlanCache cache = new PlanCache(numbers::incrementAndGet);

  /// Words of texts seen lately, so that a prepared statement is not cut into them each time.
  private final Cache<Written, Optional<String>> words =
      Caffeine.newBuilder().maximumSize(MAX_TEXTS).build();

  QueryPipeline(Optimizer optimizer) {
    this.optimizer = optimizer;
  }

  /// What a statement's plan is found again by; empty if its text means something else each time.
  ///
  /// @param text the statement's own text; case, blanks and comments do not matter
  Optional<PlanCache.Key> key(String text, ParserOptions options, BindContext context) {
    Optional<String> statement =
        text.length() > MAX_REMEMBERED
            ? words(text, options)
            : words.get(new Written(text, options), w -> words(w.text(), w.options()));
    if (statement.isEmpty()) {
      return Optional.empty();
    }
    BindContext.SessionScope session = context.session();
    boolean temporary = !context.catalog().temporaryTables(session.processId()).isEmpty();
    return Optional.of(
        new PlanCache.Key(
            statement.get(),
            temporary ? session : session.withoutProcess(),
            context.parameterTypes()));
  }

  /// Words and literals of a statement; empty if it names a moment by a word.
  private static Optional<String> words(String text, ParserOptions options) {
    StatementShape shape = StatementShape.of(text, options);
    boolean clock =
        shape.literals().stream()
            .anyMatch(
                literal ->
                    literal.kind() == StatementShape.Kind.STRING && ClockWords.in(literal.value()));
    return clock ? Optional.empty() : Optional.of(shape.key(new BitSet()));
  }

  /// Plans a statement that reads or changes rows, or finds its plan.
  StatementPlan plan(
      PlanCache.Key key, Statement statement, BindContext context, Snapshot snapshot) {
    return cache
        .find(key, context.catalog(), snapshot)
        .orElseGet(
            () -> {
              // Bound as the key says, for all sessions that it stands for.
              StatementPlan plan = planAnew(statement, context.within(key.session()), snapshot);
              if (plan.reusable()) {
                cache.put(key, plan);
              }
              return plan;
            });
  }

  /// Plans without looking at or filling the cache.
  StatementPlan planAnew(Statement statement, BindContext given, Snapshot snapshot) {
    return planAnew(
        (context, planner) -> Binder.bind(statement, context, planner), given, snapshot);
  }

  /// Binds a statement, or makes one that nobody has written.
  interface Binding {
    BoundStatement bind(BindContext context, PlannerContext planner);
  }

  /// Plans what a binding makes.
  StatementPlan planAnew(Binding binding, BindContext given, Snapshot snapshot) {
    CatalogReads reads = given.catalog().newReads();
    BindContext context = given.over(given.catalog().recordingInto(reads));
    PlannerContext planner = PlannerContext.create();
    BoundStatement bound = StageTimes.time(Stage.BIND, () -> binding.bind(context, planner));
    Map<Integer, Long> contents = new HashMap<>();
    RelNode source =
        bound instanceof BoundStatement.BoundQuery query
            ? new FreshViews(context, planner, snapshot).in(query, contents)
            : source(bound);
    RelNode optimized = StageTimes.time(Stage.OPTIMIZE, () -> optimizer.optimize(planner, source));
    PlannedQuery planned =
        StageTimes.time(
            Stage.PLAN, () -> PhysicalPlanner.plan(optimized, target(bound), new CatalogTargets()));
    Optional<ReturningPlan> returning = returning(bound, planner);
    Map<Integer, Long> rowCounts = new HashMap<>();
    for (int table : bound.references().tables()) {
      rowCounts.put(table, snapshot.table(table).rowCount());
    }
    return new StatementPlan(
        bound,
        planned,
        columns(bound, returning.map(ReturningPlan::planned).orElse(planned).plan()),
        isReusable(bound.references(), context),
        returning,
        rowCounts,
        contents,
        bound.references().recursions().stream().map(r -> recursion(r, planner)).toList(),
        reads,
        new PlanText(planned::explain),
        numbers.incrementAndGet());
  }

  private StatementPlan.RecursionPlan recursion(Recursion recursion, PlannerContext planner) {
    return new StatementPlan.RecursionPlan(
        recursion, client(recursion.anchor(), planner), client(recursion.step(), planner));
  }

  private Optional<ReturningPlan> returning(BoundStatement bound, PlannerContext planner) {
    return bound instanceof BoundStatement.BoundChange change
        ? change.returned().map(r -> new ReturningPlan(r.rows(), client(r.rel(), planner)))
        : Optional.empty();
  }

  private PlannedQuery client(RelNode rel, PlannerContext planner) {
    return PhysicalPlanner.plan(
        optimizer.optimize(planner, rel), StatementTarget.CLIENT, new CatalogTargets());
  }

  /// The optimized tree as text, for EXPLAIN (LOGICAL).
  List<String> logical(Statement statement, BindContext context) {
    PlannerContext planner = PlannerContext.create();
    BoundStatement bound = Binder.bind(statement, context, planner);
    return LogicalText.of(optimizer.optimize(planner, source(bound))).lines().toList();
  }

  private static boolean isReusable(BoundStatement.References references, BindContext context) {
    return !references.systemTables()
        && references.views().stream()
            .flatMap(view -> context.catalog().view(view).stream())
            .noneMatch(view -> ClockWords.in(view.text()));
  }

  private static RelNode source(BoundStatement bound) {
    return switch (bound) {
      case BoundStatement.BoundQuery query -> query.rel();
      case BoundStatement.RestoredQuery _ -> throw planned();
      case BoundStatement.BoundInsert insert -> insert.source();
      case BoundStatement.BoundDelete delete -> delete.source();
      case BoundStatement.BoundUpdate update -> update.source();
      case BoundStatement.BoundMerge merge -> merge.source();
    };
  }

  private static IllegalStateException planned() {
    return new IllegalStateException("a query that has its plan is not planned again");
  }

  private static StatementTarget target(BoundStatement bound) {
    return switch (bound) {
      case BoundStatement.BoundQuery _ -> StatementTarget.CLIENT;
      case BoundStatement.RestoredQuery _ -> throw planned();
      case BoundStatement.BoundInsert insert -> rows(insert, insert.identities());
      case BoundStatement.BoundMerge merge ->
          new StatementTarget.Merge(rows(merge, merge.identities()), merge.matched());
      case BoundStatement.BoundDelete delete ->
          new StatementTarget.Delete(
              delete.table().oid(), delete.table().name(), delete.returned().isPresent());
      case BoundStatement.BoundUpdate update ->
          new StatementTarget.Update(
              update.table().oid(),
              update.table().name(),
              CatalogTargets.columnIds(update.table()),
              CatalogTargets.fields(update.table()),
              update.returned().isPresent());
    };
  }

  private static StatementTarget.Insert rows(
      BoundStatement.BoundChange change, List<Integer> identities) {
    TableDefinition table = change.table();
    return new StatementTarget.Insert(
        table.oid(),
        table.name(),
        CatalogTargets.columnIds(table),
        CatalogTargets.fields(table),
        identities,
        change.returned().isPresent());
  }

  private static List<ResultColumn> columns(BoundStatement bound, PhysicalPlan plan) {
    List<BoundStatement.OutputColumn> output =
        switch (bound) {
          case BoundStatement.BoundQuery query -> query.columns();
          case BoundStatement.RestoredQuery _ -> throw planned();
          case BoundStatement.BoundChange change ->
              change.returned().map(BoundStatement.Returned::columns).orElse(List.of());
        };
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      BoundStatement.OutputColumn column = output.get(i);
      Field field = plan.output().get(i);
      columns.add(
          new ResultColumn(
              column.name(),
              column.type(),
              field.physical(),
              column.originTable(),
              column.originColumn()));
    }
    return columns;
  }

  /// Keeps plans for later processes, and uses those of earlier ones.
  void keepPlans(PlanDirectory directory) {
    cache.keepPlans(directory);
  }

  /// Forgets all plans.
  void clear() {
    cache.clear();
  }
}
