package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.BoundStatement.BoundDelete;
import io.redward.leader.binder.BoundStatement.BoundUpdate;
import io.redward.leader.binder.BoundStatement.Returned;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.sql.ast.DataStatement.Assignment;
import io.redward.leader.sql.ast.DataStatement.DeleteStatement;
import io.redward.leader.sql.ast.DataStatement.UpdateStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.TableRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;

/// UPDATE and DELETE: queries over the table with its row ids, joined with what FROM or USING
/// names.
final class ChangeBinder {
  private final QueryBinder queries;
  private final Binding binding;
  private final Expressions expressions;

  ChangeBinder(QueryBinder queries) {
    this.queries = queries;
    binding = queries.binding();
    expressions = binding.expressions();
  }

  BoundDelete bind(DeleteStatement delete, ReturningBinder returning) {
    TargetTable target = TargetTable.find(queries, delete.table(), Privilege.DELETE);
    CommonTables commonTables = QueryBinder.withTables(delete.with(), CommonTables.NONE, null);
    Relation rows = rows(target, delete.alias(), delete.using(), delete.where(), commonTables);
    List<RexNode> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    fields.add(expressions.column(rows.rel(), target.columns().size()));
    names.add("row id");
    for (int i = 0; returning.wanted() && i < target.columns().size(); i++) {
      fields.add(expressions.column(rows.rel(), i));
      names.add(target.columns().get(i).name());
    }
    ReturningBinder.Others others = others(target, rows, returning, fields, names);
    RelNode source =
        LogicalProject.create(rows.rel(), List.of(), fields, QueryBinder.unique(names));
    Optional<Returned> returned = returning.bind(target, range(target, delete.alias()), others);
    return new BoundDelete(
        target.table(), source, returned, binding.parameters().slots(), binding.references());
  }

  BoundUpdate bind(UpdateStatement update, ReturningBinder returning) {
    TargetTable target = TargetTable.find(queries, update.table(), Privilege.UPDATE);
    CommonTables commonTables = QueryBinder.withTables(update.with(), CommonTables.NONE, null);
    Relation rows = rows(target, update.alias(), update.from(), update.where(), commonTables);
    Clause clause = new Clause("UPDATE", rows, null, commonTables);
    ExpressionBinder binder = queries.expressions(clause);
    List<RexNode> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    fields.add(expressions.column(rows.rel(), target.columns().size()));
    names.add("row id");
    for (int i = 0; i < target.columns().size(); i++) {
      fields.add(expressions.column(rows.rel(), i));
      names.add(target.columns().get(i).name());
    }
    values(target, update.assignments(), binder)
        .forEach((index, value) -> fields.set(index + 1, value));
    ReturningBinder.Others others = others(target, rows, returning, fields, names);
    RelNode source =
        LogicalProject.create(
            rows.rel(), List.of(), fields, QueryBinder.unique(names), clause.variables());
    Optional<Returned> returned = returning.bind(target, range(target, update.alias()), others);
    return new BoundUpdate(
        target.table(), source, returned, binding.parameters().slots(), binding.references());
  }

  /// Adds what RETURNING may read of the other tables to a source's fields.
  private static ReturningBinder.Others others(
      TargetTable target,
      Relation rows,
      ReturningBinder returning,
      List<RexNode> fields,
      List<String> names) {
    List<Relation.Column> columns =
        rows.columns().subList(target.columns().size(), rows.columns().size());
    ReturningBinder.Others others = returning.others(rows, columns);
    fields.addAll(others.fields());
    others.fields().forEach(field -> names.add("other_" + names.size()));
    return others;
  }

  static Range range(TargetTable target, Optional<Identifier> alias) {
    return alias.map(name -> Range.of(name.name())).orElse(target.range());
  }

  /// What SET assigns, by index of the column.
  Map<Integer, RexNode> values(
      TargetTable target, List<Assignment> assignments, ExpressionBinder binder) {
    Map<Integer, RexNode> values = new HashMap<>();
    for (Assignment assignment : assignments) {
      int index = target.index(assignment.column());
      if (values.containsKey(index)) {
        throw Errors.at(
            assignment.column().position(),
            SqlState.SYNTAX_ERROR,
            "multiple assignments to same column \"" + assignment.column().name() + "\"");
      }
      queries.tableNames().requireUpdate(target.table(), target.columns().get(index).id());
      values.put(index, value(target, index, assignment, binder));
    }
    return values;
  }

  private RexNode value(
      TargetTable target, int index, Assignment assignment, ExpressionBinder binder) {
    ColumnDefinition column = target.columns().get(index);
    if (column.identity().isPresent()) {
      throw Errors.at(
          assignment.column().position(),
          SqlState.FEATURE_NOT_SUPPORTED,
          "cannot set an identity column to a value");
    }
    if (assignment.value() instanceof Expr.DefaultExpr) {
      return target.defaultValue(index, binder);
    }
    RexNode value = binder.bind(assignment.value());
    return target.assigned(value, index, binding, assignment.value().position());
  }

  /// The table's rows with their ids in the first fields, joined and filtered.
  private Relation rows(
      TargetTable target,
      Optional<Identifier> alias,
      List<TableRef> others,
      Optional<Expr> where,
      CommonTables commonTables) {
    Relation named = target(target, alias, commonTables);
    FromBinder from = new FromBinder(queries, null, commonTables);
    if (others.isEmpty()) {
      return from.where(named, where);
    }
    Relation joined = FromBinder.product(named, from.items(others));
    return from.where(joined, where);
  }

  /// The table's rows and, behind its columns, their ids.
  Relation target(TargetTable target, Optional<Identifier> alias, CommonTables commonTables) {
    binding.usesTable(target.table().oid(), true);
    Relation stored =
        new TableScans(queries, commonTables).stored(target.table(), target.schema(), true);
    Relation scan = new SecuredRelations(queries).secure(stored, target.table());
    return FromBinder.named(scan, Optional.empty(), range(target, alias), 0);
  }
}
