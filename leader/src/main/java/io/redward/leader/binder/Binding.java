package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.signature.Placement;
import io.redward.functions.signature.ResolvedFunction;
import io.redward.functions.signature.Volatility;
import io.redward.leader.binder.BoundStatement.AppliedPolicy;
import io.redward.leader.binder.BoundStatement.References;
import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.Policy;
import io.redward.leader.relational.PlannerContext;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexNode;

/// What is shared while one statement is bound.
final class Binding {
  private final BindContext context;
  private final PlannerContext planner;
  private final Expressions expressions;
  private final Parameters parameters;
  private final CatalogCalls catalogCalls;
  private final Coercion coercion;
  private final Recursions recursions = new Recursions();
  private final Set<Integer> tables = new LinkedHashSet<>();
  private final Set<Integer> views = new LinkedHashSet<>();
  private final Set<Integer> directRelations = new LinkedHashSet<>();
  private final Map<RexNode, Integer> positions = new IdentityHashMap<>();
  private final Set<AppliedPolicy> applied = new LinkedHashSet<>();
  private final Set<AppliedPolicy> masks = new LinkedHashSet<>();
  private int functionDepth;
  private boolean systemTables;
  private boolean volatileFunctions;
  private boolean insensitive;
  private boolean leaderOnly;
  private boolean computeOnly;

  Binding(BindContext context, PlannerContext planner) {
    this.context = context;
    this.planner = planner;
    expressions = new Expressions(planner);
    parameters = new Parameters(context.parameterTypes());
    catalogCalls = new CatalogCalls(this);
    coercion = new Coercion(this);
  }

  BindContext context() {
    return context;
  }

  PlannerContext planner() {
    return planner;
  }

  Expressions expressions() {
    return expressions;
  }

  Parameters parameters() {
    return parameters;
  }

  CatalogCalls catalogCalls() {
    return catalogCalls;
  }

  Coercion coercion() {
    return coercion;
  }

  /// Notes that the body of a user's function is being bound.
  void enterFunction(int maxDepth, int position) {
    functionDepth++;
    if (functionDepth > maxDepth) {
      throw Errors.at(
          position,
          SqlState.STATEMENT_TOO_COMPLEX,
          "functions call one another more than " + maxDepth + " deep");
    }
  }

  void leaveFunction() {
    functionDepth--;
  }

  Recursions recursions() {
    return recursions;
  }

  /// Notes where in the text a column reference stands, for errors found later.
  void remember(RexNode reference, int position) {
    positions.put(reference, position);
  }

  /// Where a column reference stands; 0 if that is not known.
  int position(RexNode reference) {
    return positions.getOrDefault(reference, 0);
  }

  void usesTable(int oid, boolean direct) {
    tables.add(oid);
    if (direct) {
      directRelations.add(oid);
    }
  }

  void usesView(int oid, boolean direct) {
    views.add(oid);
    if (direct) {
      directRelations.add(oid);
    }
  }

  /// Notes that policies choose the rows of a relation.
  void usesPolicies(int relation, List<Policy> policies) {
    policies.forEach(policy -> applied.add(new AppliedPolicy(relation, Optional.of(policy.oid()))));
    if (policies.isEmpty()) {
      applied.add(new AppliedPolicy(relation, Optional.empty()));
    }
  }

  /// Notes that masking policies hold.
  void usesMasks(int relation, Collection<Attachment> attachments) {
    attachments.forEach(
        mask -> masks.add(new AppliedPolicy(relation, Optional.of(mask.policyOid()))));
  }

  void usesSystemTable() {
    systemTables = true;
  }

  /// Whether what has been bound so far reads no table but the system's.
  boolean readsOnlySystemTables() {
    return systemTables && tables.isEmpty();
  }

  void usesFunction(ResolvedFunction function) {
    volatileFunctions |= function.volatility() == Volatility.VOLATILE;
    leaderOnly |= function.placement() == Placement.LEADER_ONLY;
    computeOnly |= function.placement() == Placement.COMPUTE_ONLY;
  }

  /// The statement uses what only the leader has.
  void usesLeaderOnly() {
    leaderOnly = true;
  }

  /// The statement collates values itself.
  void usesInsensitiveCollation() {
    insensitive = true;
  }

  /// Refuses, in strict mode, functions that run on the other kind of node than the statement does.
  ///
  /// @throws SqlException 0A000
  void checkPlacement() {
    if (!context.session().strict()) {
      return;
    }
    if (leaderOnly && !tables.isEmpty()) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "Specified types or functions (one per INFO message) not supported on Amazon Redshift"
              + " tables.");
    }
    if (insensitive && systemTables && tables.isEmpty()) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "Case insensitive collation is not supported in leader node only query.");
    }
    if (computeOnly && tables.isEmpty()) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED,
          "One or more of the used functions must be applied on at least one user created table.");
    }
  }

  References references() {
    return new References(
        tables,
        views,
        directRelations,
        systemTables,
        volatileFunctions,
        recursions.all(),
        List.copyOf(applied),
        List.copyOf(masks));
  }
}
