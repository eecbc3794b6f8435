package io.redward.leader.binder;

import com.google.common.collect.ImmutableSet;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policies;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.RelationColumns;
import io.redward.leader.catalog.RowSecurity;
import io.redward.leader.catalog.SuperPath;
import io.redward.leader.catalog.User;
import io.redward.leader.relational.SecurityBarrier;
import io.redward.leader.sql.SqlParser;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;

/// Lays policies over a relation: rows the user may not see are filtered out first, then values are
/// masked. Whose policies hold is asked of the session's user, inside of views too.
final class SecuredRelations {
  private final QueryBinder queries;
  private final Binding binding;
  private final Catalog catalog;
  private final User user;

  SecuredRelations(QueryBinder queries) {
    this.queries = queries;
    binding = queries.binding();
    catalog = binding.context().catalog();
    user = binding.context().session().user();
  }

  /// The relation as the user may see it.
  ///
  /// @param rows its columns in front, in the order of [RelationColumns]
  Relation secure(Relation rows, OwnedObject relation) {
    return secure(rows, relation, relation.name());
  }

  /// @param name what EXPLAIN calls the relation
  Relation secure(Relation rows, OwnedObject relation, String name) {
    Policies policies = catalog.policies();
    if (queries.insidePolicy() || policies.isFree(relation.oid())) {
      return rows;
    }
    Relation seen = rows;
    Optional<List<Policy>> rowPolicies = policies.rowPolicies(catalog, user, relation.oid());
    if (rowPolicies.isPresent()) {
      RowSecurity security = policies.rowSecurity(relation.oid()).orElseThrow();
      seen = filtered(rows, name, rowPolicies.get(), security);
      binding.usesPolicies(relation.oid(), rowPolicies.get());
    }
    Map<Policies.Place, Attachment> masks = policies.masks(catalog, user, relation.oid());
    if (masks.isEmpty()) {
      return seen;
    }
    binding.usesMasks(relation.oid(), masks.values());
    return masked(seen, relation, masks);
  }

  /// Binds a policy's expressions over a relation.
  void check(Relation rows, OwnedObject relation, Policy policy, Optional<Attachment> mask) {
    if (mask.isEmpty()) {
      RexNode unused = condition(policy, clause(policy, rowColumns(policy, rows), rows));
      return;
    }
    Inputs inputs = inputs(policy, relation, mask.get(), rows);
    Relation given = inputs.rows();
    Clause clause = clause(policy, inputs.columns(), given);
    for (int i = 0; i < mask.get().outputs().size(); i++) {
      String name = RelationColumns.name(relation, mask.get().outputs().get(i)).orElse("");
      for (Column column : rows.columns()) {
        if (column.name().equals(name)) {
          RexNode unused = mask(policy, i, column, clause, given);
        }
      }
    }
  }

  private Relation filtered(
      Relation rows, String name, List<Policy> policies, RowSecurity security) {
    Expressions expressions = binding.expressions();
    if (policies.isEmpty()) {
      RelNode none = LogicalFilter.create(rows.rel(), expressions.bool(false));
      return rows.over(new SecurityBarrier(none, name));
    }
    List<RexNode> conditions = new ArrayList<>();
    ImmutableSet.Builder<CorrelationId> variables = ImmutableSet.builder();
    for (Policy policy : policies) {
      Clause clause = clause(policy, rowColumns(policy, rows), rows);
      conditions.add(condition(policy, clause));
      variables.addAll(clause.variables());
    }
    RexNode condition = security.any() ? expressions.or(conditions) : expressions.and(conditions);
    RelNode filtered = LogicalFilter.create(rows.rel(), condition, variables.build());
    return rows.over(new SecurityBarrier(filtered, name));
  }

  private RexNode condition(Policy policy, Clause clause) {
    return queries
        .forPolicy(policy)
        .expressions(clause)
        .condition(
            SqlParser.parseExpression(policy.expressions().getFirst(), ParserOptions.PRINTED));
  }

  /// The columns a row policy names, as the relation has them.
  private static List<Column> rowColumns(Policy policy, Relation rows) {
    List<Column> columns = new ArrayList<>();
    for (Policy.Column wanted : policy.columns()) {
      columns.add(
          rows.columns().stream()
              .filter(c -> c.name().equals(wanted.name()))
              .findFirst()
              .orElseThrow(
                  () ->
                      Errors.at(
                          0,
                          SqlState.UNDEFINED_COLUMN,
                          "column \""
                              + wanted.name()
                              + "\" of RLS policy \""
                              + policy.name()
                              + "\" does not exist")));
    }
    return columns;
  }

  /// Where a policy's expressions are bound: they read its columns under its names for them, and
  /// nothing else of the row.
  private static Clause clause(Policy policy, List<Column> columns, Relation rows) {
    Range range = Range.of(policy.alias().orElse(""));
    List<Column> named = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      named.add(
          columns
              .get(i)
              .in(Optional.of(range), policy.columns().get(i).name())
              .behind(Optional.empty()));
    }
    return new Clause("POLICY", rows.over(named), null, CommonTables.NONE);
  }

  /// The relation with masked values behind its fields, which the columns now mean.
  private Relation masked(
      Relation rows, OwnedObject relation, Map<Policies.Place, Attachment> masks) {
    List<RelationColumns.Column> numbers = RelationColumns.of(relation);
    Relation seen = rows;
    for (int i = 0; i < rows.columns().size(); i++) {
      String name = rows.columns().get(i).name();
      int number =
          numbers.stream()
              .filter(c -> c.name().equals(name))
              .map(RelationColumns.Column::number)
              .findFirst()
              .orElse(Integer.MIN_VALUE);
      List<Map.Entry<Policies.Place, Attachment>> own =
          masks.entrySet().stream()
              .filter(mask -> mask.getKey().column() == number)
              .sorted(Comparator.comparing(mask -> mask.getKey().path().text()))
              .toList();
      for (Map.Entry<Policies.Place, Attachment> mask : own) {
        seen = masked(seen, rows, relation, i, mask);
      }
    }
    return seen;
  }

  /// One more place masked.
  ///
  /// @param rows the relation as it is stored, whose values policies read; fields of `seen` begin
  ///     with its own
  private Relation masked(
      Relation seen,
      Relation rows,
      OwnedObject relation,
      int column,
      Map.Entry<Policies.Place, Attachment> mask) {
    Attachment attachment = mask.getValue();
    Policy policy = catalog.policies().policy(attachment.policyOid()).orElseThrow();
    Inputs inputs = inputs(policy, relation, attachment, new Relation(seen.rel(), rows.columns()));
    Relation given = inputs.rows();
    Clause clause = clause(policy, inputs.columns(), given);
    RexNode value =
        mask(policy, output(attachment, mask.getKey()), rows.columns().get(column), clause, given);
    SuperPath path = mask.getKey().path();
    if (!path.isWhole()) {
      RexNode base = binding.expressions().column(given.rel(), seen.columns().get(column).index());
      value = superValues(clause).replaced(base, path.steps(), value, 0);
    }
    List<RexNode> fields = new ArrayList<>(binding.expressions().columns(given.rel()));
    List<String> names = new ArrayList<>(given.rel().getRowType().getFieldNames());
    fields.add(value);
    names.add("masked " + rows.columns().get(column).name());
    List<Column> columns = new ArrayList<>(seen.columns());
    columns.set(column, columns.get(column).masked(fields.size() - 1));
    return new Relation(
        LogicalProject.create(
            given.rel(),
            List.of(),
            fields,
            QueryBinder.unique(names),
            Set.copyOf(clause.variables())),
        columns);
  }

  private SuperValues superValues(Clause clause) {
    return new SuperValues(
        binding, new FunctionCalls(queries.expressions(clause), binding, clause));
  }

  private static int output(Attachment attachment, Policies.Place place) {
    for (int i = 0; i < attachment.outputs().size(); i++) {
      if (attachment.outputs().get(i) == place.column()
          && attachment.paths().output(i).equals(place.path())) {
        return i;
      }
    }
    throw new IllegalStateException("no output of a masking policy");
  }

  /// What a policy's columns stand for, with the relation that has these fields.
  private record Inputs(Relation rows, List<Column> columns) {}

  /// Members of SUPER values become fields of their own, of the types that the policy declares.
  private Inputs inputs(Policy policy, OwnedObject relation, Attachment mask, Relation rows) {
    List<Column> inputs = new ArrayList<>();
    Relation given = rows;
    for (int i = 0; i < mask.inputs().size(); i++) {
      String name = RelationColumns.name(relation, mask.inputs().get(i)).orElse("");
      SuperPath path = mask.paths().input(i);
      for (Column column : rows.columns()) {
        if (column.name().equals(name) && path.isWhole()) {
          inputs.add(column);
        } else if (column.name().equals(name)) {
          given = withMember(given, rows, policy.columns().get(i).type(), name, path);
          inputs.add(column.masked(given.rel().getRowType().getFieldCount() - 1));
        }
      }
    }
    return new Inputs(given, inputs);
  }

  private Relation withMember(
      Relation given, Relation rows, String type, String name, SuperPath path) {
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    Clause clause = new Clause("POLICY", given.over(rows.columns()), null, CommonTables.NONE);
    RexNode member =
        queries
            .expressions(clause)
            .bind(
                SqlParser.parseExpression(
                    "cast(" + quoted + path.text() + " as " + type + ")", ParserOptions.PRINTED));
    List<RexNode> fields = new ArrayList<>(binding.expressions().columns(given.rel()));
    List<String> names = new ArrayList<>(given.rel().getRowType().getFieldNames());
    fields.add(member);
    names.add("input " + name);
    return given.over(
        LogicalProject.create(given.rel(), List.of(), fields, QueryBinder.unique(names), Set.of()));
  }

  private RexNode mask(Policy policy, int which, Column column, Clause clause, Relation rows) {
    RexNode value =
        queries
            .forPolicy(policy)
            .expressions(clause)
            .bind(
                SqlParser.parseExpression(policy.expressions().get(which), ParserOptions.PRINTED));
    SqlType type =
        Expressions.typeOf(
            binding.expressions().column(rows.rel(), column.behind(Optional.empty()).index()));
    return binding.coercion().assign(value, type, column.name(), 0);
  }
}
