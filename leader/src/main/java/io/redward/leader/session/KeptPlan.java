package io.redward.leader.session;

import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.BoundParameter;
import io.redward.leader.binder.BoundParameter.ClientValue;
import io.redward.leader.binder.BoundStatement.References;
import io.redward.leader.binder.BoundStatement.RestoredQuery;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.physical.JoinUse;
import io.redward.leader.physical.PlanAssumptions;
import io.redward.leader.physical.PlannedQuery;
import io.redward.leader.system.PlanText;
import io.redward.plan.step.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What of a query's [StatementPlan] outlives the process.
///
/// @param catalog fingerprint of the catalog that it was planned with
/// @param parameterTypes of `$number`, in the order in which the plan takes them
/// @param tables that it reads, with the rows that each had
/// @param directRelations tables and views that it names itself
/// @param explained the lines of EXPLAIN
public record KeptPlan(
    String catalog,
    PhysicalPlan plan,
    PlanAssumptions assumptions,
    List<ResultColumn> columns,
    List<Parameter> parameterTypes,
    List<TableRows> tables,
    List<Integer> views,
    List<Integer> directRelations,
    boolean volatileFunctions,
    List<String> explained,
    List<JoinUse> joins) {
  /// A value of the client's.
  public record Parameter(int number, SqlType type) {}

  /// A table's rows.
  public record TableRows(int table, long rows) {}

  /// What is to be kept of a plan; empty for plans that only this process can use.
  static Optional<KeptPlan> of(PlanCache.Key key, StatementPlan plan, Catalog catalog) {
    References references = plan.bound().references();
    List<Parameter> parameters = new ArrayList<>();
    for (BoundParameter parameter : plan.bound().parameters()) {
      if (!(parameter instanceof ClientValue(int number, SqlType type))) {
        return Optional.empty();
      }
      parameters.add(new Parameter(number, type));
    }
    boolean plain =
        plan.isQuery()
            && plan.returning().isEmpty()
            && plan.recursions().isEmpty()
            && plan.contents().isEmpty()
            && key.session().processId() == 0
            && references.policies().isEmpty()
            && !references.masked()
            && references.tables().stream().allMatch(oid -> oid >= 0);
    if (!plain) {
      return Optional.empty();
    }
    List<TableRows> tables = new ArrayList<>();
    plan.rowCounts().forEach((table, rows) -> tables.add(new TableRows(table, rows)));
    return Optional.of(
        new KeptPlan(
            catalog.fingerprint(),
            plan.planned().plan(),
            plan.planned().assumptions(),
            plan.columns(),
            parameters,
            tables,
            List.copyOf(references.views()),
            List.copyOf(references.directRelations()),
            references.volatileFunctions(),
            plan.planned().explain(),
            plan.planned().joins()));
  }

  /// The plan as it was.
  ///
  /// @param current has the fingerprint that is kept
  StatementPlan restored(Catalog current, long number) {
    Map<Integer, Long> rowCounts = new HashMap<>();
    tables.forEach(each -> rowCounts.put(each.table(), each.rows()));
    References references =
        new References(
            rowCounts.keySet(),
            new HashSet<>(views),
            new HashSet<>(directRelations),
            false,
            volatileFunctions,
            List.of(),
            List.of(),
            List.of());
    List<BoundParameter> parameters = new ArrayList<>();
    parameterTypes.forEach(each -> parameters.add(new ClientValue(each.number(), each.type())));
    PlannedQuery planned = new PlannedQuery(plan, assumptions, explained, joins);
    return new StatementPlan(
        new RestoredQuery(parameters, references),
        planned,
        columns,
        true,
        Optional.empty(),
        rowCounts,
        Map.of(),
        List.of(),
        current.wholeRead(),
        new PlanText(planned::explain),
        number);
  }
}
