package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.BoundStatement.OutputColumn;
import io.redward.leader.binder.BoundStatement.Returned;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.sql.ast.QueryBody.SelectItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;

/// RETURNING: a query over a table of the statement's own, which is filled with what the change
/// wrote or deleted. Its first columns are the table's, then come those of FROM, USING or the
/// source of a MERGE. Who may not read a column may not have it returned; policies hold as for a
/// query over the table.
final class ReturningBinder {
  private final QueryBinder queries;
  private final Binding binding;
  private final List<SelectItem> items;

  /// @param items of RETURNING; empty where the statement has none
  ReturningBinder(QueryBinder queries, List<SelectItem> items) {
    this.queries = queries;
    this.binding = queries.binding();
    this.items = List.copyOf(items);
  }

  boolean wanted() {
    return !items.isEmpty();
  }

  /// What the source of the change brings along behind its other fields.
  ///
  /// @param fields over the source's rows
  /// @param columns what they are called, at their places among `fields`
  record Others(List<RexNode> fields, List<Column> columns) {
    static final Others NONE = new Others(List.of(), List.of());
  }

  /// The columns of the other tables, for RETURNING to read.
  Others others(Relation rows, List<Column> columns) {
    if (!wanted()) {
      return Others.NONE;
    }
    List<RexNode> fields = new ArrayList<>();
    List<Column> names = new ArrayList<>();
    for (Column column : columns) {
      boolean readable = column.barrier().isEmpty();
      int place = readable ? fields.size() : 0;
      if (readable) {
        fields.add(binding.expressions().column(rows.rel(), column.index()));
      }
      names.add(
          new Column(
              column.range(),
              column.name(),
              place,
              column.hidden(),
              column.originTable(),
              column.originColumn(),
              column.barrier()));
    }
    return new Others(fields, names);
  }

  /// The query over the changed rows; empty without RETURNING.
  ///
  /// @param range what the statement calls the table
  Optional<Returned> bind(TargetTable target, Range range, Others others) {
    if (!wanted()) {
      return Optional.empty();
    }
    WorkTable work = workTable(target, others);
    Clause clause =
        new Clause("RETURNING", changed(work, target, range, others), null, CommonTables.NONE);
    List<RexNode> fields = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<OutputColumn> columns = new ArrayList<>();
    for (SelectList.Item item : SelectList.bind(items, queries.expressions(clause), binding)) {
      RexNode field = binding.coercion().settled(item.expression());
      fields.add(field);
      names.add(item.name());
      columns.add(
          new OutputColumn(item.name(), typeOf(field), item.originTable(), item.originColumn()));
    }
    RelNode rel =
        LogicalProject.create(
            clause.row().rel(), List.of(), fields, QueryBinder.unique(names), clause.variables());
    return Optional.of(new Returned(work, rel, columns));
  }

  private WorkTable workTable(TargetTable target, Others others) {
    List<String> names = new ArrayList<>();
    List<SqlType> types = new ArrayList<>();
    for (ColumnDefinition column : target.columns()) {
      names.add(column.name());
      types.add(column.type());
    }
    for (RexNode field : others.fields()) {
      names.add("other_" + names.size());
      types.add(typeOf(field));
    }
    return binding.recursions().table("changed", QueryBinder.unique(names), types);
  }

  private Relation changed(WorkTable work, TargetTable target, Range range, Others others) {
    RelNode scan = new TableScans(queries, CommonTables.NONE).work(work).rel();
    List<Column> stored = new ArrayList<>();
    for (ColumnDefinition column : target.columns()) {
      stored.add(
          new Column(
              Optional.empty(),
              column.name(),
              stored.size(),
              false,
              target.table().oid(),
              column.id(),
              queries.tableNames().barrier(target.table(), column.id())));
    }
    Relation secured =
        new SecuredRelations(queries).secure(new Relation(scan, stored), target.table());
    Relation named = FromBinder.named(secured, Optional.empty(), range, 0);
    List<Column> columns = new ArrayList<>(named.columns());
    others.columns().forEach(column -> columns.add(column.shifted(stored.size())));
    return new Relation(named.rel(), columns);
  }
}
