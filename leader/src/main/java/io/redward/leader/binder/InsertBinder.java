package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.BoundStatement.BoundInsert;
import io.redward.leader.binder.BoundStatement.Returned;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.sql.ast.DataStatement.InsertStatement;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// INSERT.
final class InsertBinder {
  private final QueryBinder queries;
  private final Binding binding;
  private final TreeSet<Integer> identities = new TreeSet<>();

  InsertBinder(QueryBinder queries) {
    this.queries = queries;
    binding = queries.binding();
  }

  BoundInsert bind(InsertStatement insert, ReturningBinder returning) {
    TargetTable target = TargetTable.find(queries, insert.table(), Privilege.INSERT);
    RelNode source = source(target, insert);
    Optional<Returned> returned =
        returning.bind(target, target.range(), ReturningBinder.Others.NONE);
    return new BoundInsert(
        target.table(),
        source,
        List.copyOf(identities),
        returned,
        binding.parameters().slots(),
        binding.references());
  }

  /// The rows that are to be inserted, a field a column of the table.
  RelNode source(TargetTable target, InsertStatement insert) {
    CommonTables commonTables = QueryBinder.withTables(insert.with(), CommonTables.NONE, null);
    Clause clause = new Clause("VALUES", ValuesRows.oneRow(binding), null, commonTables);
    if (insert.source().isEmpty()) {
      return rows(target, clause, List.of(fullRow(target, clause, List.of(), List.of(), 0)));
    }
    if (!insert.byName() && isPlainValues(insert.source().get())) {
      QueryBody.ValuesQuery values = (QueryBody.ValuesQuery) insert.source().get().body();
      return values(target, clause, insert, values);
    }
    return query(target, clause, insert, commonTables);
  }

  private static boolean isPlainValues(Query query) {
    return query.isBare() && query.body() instanceof QueryBody.ValuesQuery;
  }

  /// The row that `INSERT VALUES` makes of one row of `clause`.
  List<RexNode> row(TargetTable target, Clause clause, InsertStatement insert, List<Expr> values) {
    List<Integer> targets = targets(target, insert, values.size());
    ExpressionBinder binder = queries.expressions(clause);
    List<@Nullable RexNode> cells = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Expr cell = values.get(i);
      cells.add(
          cell instanceof Expr.DefaultExpr
              ? null
              : target.assigned(binder.bind(cell), targets.get(i), binding, cell.position()));
    }
    return fullRow(target, clause, targets, cells, insert.position());
  }

  /// Indices of the columns whose values are generated, as found so far.
  List<Integer> identities() {
    return List.copyOf(identities);
  }

  private RelNode values(
      TargetTable target, Clause clause, InsertStatement insert, QueryBody.ValuesQuery values) {
    List<List<RexNode>> rows = new ArrayList<>();
    int width = values.rows().getFirst().size();
    for (List<Expr> row : values.rows()) {
      if (row.size() != width) {
        throw Errors.at(
            values.position(), SqlState.SYNTAX_ERROR, "VALUES lists must all be the same length");
      }
      rows.add(row(target, clause, insert, row));
    }
    return rows(target, clause, rows);
  }

  private RelNode rows(TargetTable target, Clause clause, List<List<RexNode>> rows) {
    return ValuesRows.rows(binding, names(target), types(target), rows, clause);
  }

  private RelNode query(
      TargetTable target, Clause clause, InsertStatement insert, CommonTables commonTables) {
    Query query = insert.source().orElseThrow();
    Relation relation = queries.bind(query, null, commonTables);
    List<RexNode> sources = queries.sources(relation.rel());
    List<Integer> targets = targets(target, named(insert, relation), sources.size());
    List<@Nullable RexNode> cells = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      cells.add(target.assigned(sources.get(i), targets.get(i), binding, query.position()));
    }
    List<RexNode> fields = fullRow(target, clause, targets, cells, insert.position());
    if (relation.rel() instanceof LogicalProject project) {
      return LogicalProject.create(
          project.getInput(), List.of(), fields, names(target), project.getVariablesSet());
    }
    return LogicalProject.create(relation.rel(), List.of(), fields, names(target));
  }

  /// The statement with the names of the query's columns as those of the table, for BY NAME.
  private static InsertStatement named(InsertStatement insert, Relation relation) {
    if (!insert.byName()) {
      return insert;
    }
    List<Identifier> columns =
        relation.columns().stream()
            .map(column -> Identifier.of(column.name(), insert.position()))
            .toList();
    return new InsertStatement(
        insert.with(), insert.table(), columns, insert.source(), insert.position());
  }

  private static List<String> names(TargetTable target) {
    return target.columns().stream().map(ColumnDefinition::name).toList();
  }

  private static List<SqlType> types(TargetTable target) {
    return target.columns().stream().map(ColumnDefinition::type).toList();
  }

  /// The table's columns that `width` values go to.
  private static List<Integer> targets(TargetTable target, InsertStatement insert, int width) {
    List<Integer> targets = new ArrayList<>();
    for (Identifier column : insert.columns()) {
      int index = target.index(column);
      if (targets.contains(index)) {
        throw Errors.at(
            column.position(),
            SqlState.DUPLICATE_COLUMN,
            "column \"" + column.name() + "\" specified more than once");
      }
      targets.add(index);
    }
    if (insert.columns().isEmpty()) {
      targets = implied(target, width);
    }
    if (width > targets.size()) {
      throw Errors.at(
          insert.source().map(Query::position).orElse(insert.position()),
          SqlState.SYNTAX_ERROR,
          "INSERT has more expressions than target columns");
    }
    if (width < targets.size() && !insert.columns().isEmpty()) {
      throw Errors.at(
          insert.columns().get(width).position(),
          SqlState.SYNTAX_ERROR,
          "INSERT has more target columns than expressions");
    }
    return targets;
  }

  /// Without a column list values go to the columns in order; identity columns are passed over
  /// where there are no values for all.
  private static List<Integer> implied(TargetTable target, int width) {
    List<Integer> all = new ArrayList<>();
    List<Integer> ordinary = new ArrayList<>();
    for (int i = 0; i < target.columns().size(); i++) {
      all.add(i);
      if (target.columns().get(i).identity().isEmpty()) {
        ordinary.add(i);
      }
    }
    return width <= ordinary.size() ? ordinary : all;
  }

  /// A row of all columns: the given cells (null for DEFAULT), and defaults for the rest.
  private List<RexNode> fullRow(
      TargetTable target,
      Clause clause,
      List<Integer> targets,
      List<@Nullable RexNode> cells,
      int position) {
    ExpressionBinder binder = queries.expressions(clause);
    List<RexNode> row = new ArrayList<>();
    for (int i = 0; i < target.columns().size(); i++) {
      ColumnDefinition column = target.columns().get(i);
      int place = targets.indexOf(i);
      RexNode given = place >= 0 && place < cells.size() ? cells.get(place) : null;
      boolean generated = column.identity().isPresent() && given == null;
      if (generated) {
        identities.add(i);
      } else if (column.identity().isPresent() && !column.identity().get().byDefault()) {
        throw Errors.at(
            position, SqlState.FEATURE_NOT_SUPPORTED, "cannot set an identity column to a value");
      }
      if (given != null) {
        row.add(given);
      } else {
        row.add(
            generated
                ? binding.expressions().nullOf(column.type())
                : target.defaultValue(i, binder));
      }
    }
    return row;
  }
}
