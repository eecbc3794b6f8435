package io.redward.leader.binder;

import com.google.common.collect.ImmutableSet;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.SelectQuery;
import io.redward.leader.sql.ast.TableRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/// FROM and WHERE: tables, derived tables and joins.
final class FromBinder {
  /// Makes the place where a join's condition is bound.
  interface Place {
    Clause clause(Relation row);
  }

  private final QueryBinder queries;
  private final @Nullable Clause outer;
  private final CommonTables commonTables;
  private final Binding binding;
  private final Expressions expressions;

  FromBinder(QueryBinder queries, @Nullable Clause outer, CommonTables commonTables) {
    this.queries = queries;
    this.outer = outer;
    this.commonTables = commonTables;
    binding = queries.binding();
    expressions = binding.expressions();
  }

  /// The rows of a SELECT's FROM that its WHERE lets through.
  Relation bind(SelectQuery select) {
    OuterMarks marks = OuterMarks.of(select, column -> owner(select.from(), column));
    Relation from = items(marks.from());
    Relation ordered = marks.from().equals(select.from()) ? from : inOrder(from, select.from());
    if (select.connectBy().isPresent()) {
      ordered =
          new ConnectBinder(queries, outer, commonTables).bind(select.connectBy().get(), ordered);
    }
    return where(ordered, select, marks.where());
  }

  /// WHERE may name what the select list computes.
  private Relation where(Relation rows, SelectQuery select, Optional<Expr> condition) {
    try {
      return where(rows, condition, Map.of());
    } catch (SqlException e) {
      Map<String, RexNode> aliases =
          e.state() == SqlState.UNDEFINED_COLUMN ? aliases(rows, select) : Map.of();
      if (aliases.isEmpty()) {
        throw e;
      }
      return where(rows, condition, aliases);
    }
  }

  private Map<String, RexNode> aliases(Relation rows, SelectQuery select) {
    Clause clause = new Clause("SELECT", rows, outer, commonTables);
    for (QueryBody.SelectItem item : select.items()) {
      if (item.alias().isPresent()) {
        try {
          SelectList.bind(List.of(item), queries.expressions(clause), binding);
        } catch (SqlException e) {
          // What cannot stand here, such as an aggregate, is no name in WHERE.
        }
      }
    }
    return clause.aliases();
  }

  /// The name of the item that has a column of this name.
  private Optional<String> owner(List<TableRef> items, QualifiedName column) {
    return items.stream()
        .filter(item -> ColumnNames.find(item(item), column).isPresent())
        .map(OuterMarks::name)
        .findFirst();
  }

  /// The columns in the order of the tables as written.
  private static Relation inOrder(Relation rows, List<TableRef> written) {
    List<String> names = written.stream().map(OuterMarks::name).toList();
    List<Column> columns = new ArrayList<>(rows.columns());
    columns.sort(
        Comparator.comparingInt(c -> c.range().map(r -> names.indexOf(r.name())).orElse(-1)));
    return new Relation(rows.rel(), columns);
  }

  /// The comma-separated items of a FROM, joined.
  Relation items(List<TableRef> items) {
    if (items.isEmpty()) {
      return ValuesRows.oneRow(binding);
    }
    Relation joined = item(items.getFirst());
    for (TableRef item : items.subList(1, items.size())) {
      Relation before = joined;
      joined =
          laterals()
              .join(before, item, JoinRelType.INNER, Optional.empty(), item.position())
              .orElseGet(() -> cross(before, item(item), item.position()));
    }
    return joined;
  }

  private Laterals laterals() {
    return new Laterals(this, queries, outer, commonTables);
  }

  /// An item that stands first: what it takes elements from is in a surrounding query.
  private Optional<Relation> alone(TableRef item) {
    Relation oneRow = ValuesRows.oneRow(binding);
    return laterals().join(oneRow, item, JoinRelType.INNER, Optional.empty(), item.position());
  }

  /// The rows for which a condition holds.
  Relation where(Relation rows, Optional<Expr> condition) {
    return where(rows, condition, Map.of());
  }

  private Relation where(Relation rows, Optional<Expr> condition, Map<String, RexNode> aliases) {
    if (condition.isEmpty()) {
      return rows;
    }
    Clause clause = new Clause("WHERE", rows, outer, commonTables);
    clause.aliases().putAll(aliases);
    RexNode test = queries.expressions(clause).condition(condition.get());
    return rows.over(
        LogicalFilter.create(rows.rel(), test, ImmutableSet.copyOf(clause.variables())));
  }

  Relation item(TableRef item) {
    return switch (item) {
      case TableRef.NamedTable table ->
          alone(table).orElseGet(() -> new TableScans(queries, commonTables).bind(table));
      case TableRef.FileTable file -> new TableScans(queries, commonTables).file(file);
      case TableRef.DerivedTable derived -> derived(derived);
      case TableRef.JoinedTable join -> join(join);
      case TableRef.TableFunction function ->
          new TableFunctions(queries, outer, commonTables).bind(function);
      case TableRef.UnnestedArray _, TableRef.UnpivotedObject _ -> alone(item).orElseThrow();
      case TableRef.PivotedTable pivot -> {
        Query query = Pivots.pivot(pivot, columnNames(pivot.source()));
        yield rows(query, pivot.alias(), pivot.position());
      }
      case TableRef.UnpivotedTable unpivot -> {
        Query query = Pivots.unpivot(unpivot, columnNames(unpivot.source()));
        yield rows(query, unpivot.alias(), unpivot.position());
      }
    };
  }

  private List<String> columnNames(TableRef source) {
    return item(source).visible().stream().map(Column::name).toList();
  }

  private Relation rows(Query query, Optional<TableRef.TableAlias> alias, int position) {
    Relation rows = queries.bindSettled(query, outer, commonTables);
    return named(rows, alias, Range.of(""), position);
  }

  private Relation derived(TableRef.DerivedTable derived) {
    return rows(derived.query(), derived.alias(), derived.position());
  }

  /// A relation under an alias, its columns perhaps renamed.
  static Relation named(
      Relation rows, Optional<TableRef.TableAlias> alias, Range without, int position) {
    Range range = alias.map(a -> Range.of(a.name().name())).orElse(without);
    List<Identifier> names = alias.map(TableRef.TableAlias::columns).orElse(List.of());
    List<Column> visible = rows.visible();
    if (names.size() > visible.size()) {
      throw Errors.at(
          position,
          SqlState.INVALID_COLUMN_REFERENCE,
          "table \""
              + range.name()
              + "\" has "
              + visible.size()
              + " columns available but "
              + names.size()
              + " columns specified");
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < visible.size(); i++) {
      Column column = visible.get(i);
      columns.add(
          column.in(Optional.of(range), i < names.size() ? names.get(i).name() : column.name()));
    }
    return new Relation(rows.rel(), columns);
  }

  private Relation cross(Relation left, Relation right, int position) {
    return joined(left, right, JoinRelType.INNER, expressions.bool(true), position);
  }

  Relation joined(
      Relation left, Relation right, JoinRelType type, RexNode condition, int position) {
    requireDistinctRanges(left, right, position);
    RelNode rel = LogicalJoin.create(left.rel(), right.rel(), List.of(), condition, Set.of(), type);
    return new Relation(rel, concatenated(left, right));
  }

  /// Each row of the left side with each of the right.
  static Relation product(Relation left, Relation right) {
    RexNode yes = left.rel().getCluster().getRexBuilder().makeLiteral(true);
    RelNode rel =
        LogicalJoin.create(left.rel(), right.rel(), List.of(), yes, Set.of(), JoinRelType.INNER);
    return new Relation(rel, concatenated(left, right));
  }

  static List<Column> concatenated(Relation left, Relation right) {
    List<Column> columns = new ArrayList<>(left.columns());
    int shift = left.rel().getRowType().getFieldCount();
    right.columns().forEach(column -> columns.add(column.shifted(shift)));
    return columns;
  }

  static void requireDistinctRanges(Relation left, Relation right, int position) {
    List<Range> ranges = left.ranges();
    for (Range range : right.ranges()) {
      if (!range.name().isEmpty() && ranges.contains(range)) {
        throw Errors.at(
            position,
            SqlState.DUPLICATE_ALIAS,
            "table name \"" + range.name() + "\" specified more than once");
      }
    }
  }

  private Relation join(TableRef.JoinedTable join) {
    Relation left = item(join.left());
    JoinRelType type =
        switch (join.kind()) {
          case INNER, CROSS -> JoinRelType.INNER;
          case LEFT -> JoinRelType.LEFT;
          case RIGHT -> JoinRelType.RIGHT;
          case FULL -> JoinRelType.FULL;
        };
    Optional<Expr> condition =
        join.condition() instanceof TableRef.JoinCondition.On on
            ? Optional.of(on.condition())
            : Optional.empty();
    Optional<Relation> lateral =
        laterals().join(left, join.right(), type, condition, join.position());
    if (lateral.isPresent()) {
      return join.alias().isPresent()
          ? named(lateral.get(), join.alias(), Range.of(""), join.position())
          : lateral.get();
    }
    Relation right = item(join.right());
    Relation joined =
        switch (join.condition()) {
          case TableRef.JoinCondition.Unconditional _ -> cross(left, right, join.position());
          case TableRef.JoinCondition.On on ->
              on(left, right, type, on.condition(), join.position());
          case TableRef.JoinCondition.Using using -> {
            List<String> names = using.columns().stream().map(Identifier::name).toList();
            yield using(left, right, type, names, join.position());
          }
          case TableRef.JoinCondition.Natural _ ->
              using(left, right, type, sharedNames(left, right), join.position());
        };
    return join.alias().isPresent()
        ? named(joined, join.alias(), Range.of(""), join.position())
        : joined;
  }

  private Relation on(
      Relation left, Relation right, JoinRelType type, Expr condition, int position) {
    requireDistinctRanges(left, right, position);
    // The condition sees both sides as they are below the join, where nothing is missing yet.
    Relation both = product(left, right);
    Clause clause = new Clause("JOIN/ON", both, outer, commonTables);
    RexNode test = queries.expressions(clause).condition(condition);
    // A subquery may be gone from a condition that is never true.
    boolean subqueries = RexUtil.SubQueryFinder.find(test) != null;
    if (type == JoinRelType.INNER && subqueries) {
      return both.over(
          LogicalFilter.create(both.rel(), test, ImmutableSet.copyOf(clause.variables())));
    }
    if (subqueries && !clause.variables().isEmpty()) {
      if (binding.context().session().strict()) {
        throw Errors.at(
            position,
            SqlState.FEATURE_NOT_SUPPORTED,
            "This type of correlated subquery pattern is not supported yet");
      }
      Place place = row -> new Clause("JOIN/ON", row, outer, commonTables);
      return new OuterConditions(queries, place).join(left, right, type, condition);
    }
    return joined(left, right, type, test, position);
  }

  private static List<String> sharedNames(Relation left, Relation right) {
    Set<String> names = new LinkedHashSet<>();
    left.visible().forEach(column -> names.add(column.name()));
    Set<String> others = new LinkedHashSet<>();
    right.visible().forEach(column -> others.add(column.name()));
    names.retainAll(others);
    return List.copyOf(names);
  }

  private Relation using(
      Relation left, Relation right, JoinRelType type, List<String> names, int position) {
    int shift = left.rel().getRowType().getFieldCount();
    Comparisons comparisons = new Comparisons(binding);
    List<Column> lefts = new ArrayList<>();
    List<Column> rights = new ArrayList<>();
    List<RexNode> tests = new ArrayList<>();
    for (String name : names) {
      Column a = shared(left, name, "left", position);
      Column b = shared(right, name, "right", position);
      lefts.add(a);
      rights.add(b);
      RexNode rightColumn = RexUtil.shift(expressions.column(right.rel(), b.index()), shift);
      tests.add(
          comparisons.compare(
              "=", expressions.column(left.rel(), a.index()), rightColumn, position));
    }
    Relation joined = joined(left, right, type, expressions.and(tests), position);
    return merged(
        joined, lefts, rights.stream().map(c -> c.shifted(shift)).toList(), type, position);
  }

  private static Column shared(Relation side, String name, String which, int position) {
    List<Column> found = side.visible().stream().filter(c -> c.name().equals(name)).toList();
    if (found.isEmpty()) {
      throw Errors.at(
          position,
          SqlState.UNDEFINED_COLUMN,
          "column \""
              + name
              + "\" specified in USING clause does not exist in "
              + which
              + " table");
    }
    if (found.size() > 1) {
      throw Errors.at(
          position,
          SqlState.AMBIGUOUS_COLUMN,
          "common column name \"" + name + "\" appears more than once in " + which + " table");
    }
    return found.getFirst();
  }

  /// The join with each pair of shared columns as one, first in the row, and the originals hidden.
  private Relation merged(
      Relation joined, List<Column> lefts, List<Column> rights, JoinRelType type, int position) {
    RelNode rel = joined.rel();
    List<RexNode> fields = new ArrayList<>(expressions.columns(rel));
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < lefts.size(); i++) {
      Column source = type == JoinRelType.RIGHT ? rights.get(i) : lefts.get(i);
      int index = source.index();
      if (type == JoinRelType.FULL) {
        index = fields.size();
        RexNode a = expressions.column(rel, lefts.get(i).index());
        RexNode b = expressions.column(rel, rights.get(i).index());
        List<RexNode> values = binding.coercion().unify(List.of(a, b), "JOIN/USING", position);
        fields.add(expressions.cases(List.of(expressions.isNotNull(a)), values));
      }
      columns.add(
          new Column(
              Optional.empty(),
              source.name(),
              index,
              false,
              source.originTable(),
              source.originColumn()));
    }
    for (Column column : joined.columns()) {
      boolean merged =
          !column.hidden()
              && (lefts.stream().anyMatch(c -> c.equals(column))
                  || rights.stream().anyMatch(c -> c.equals(column)));
      if (!merged) {
        columns.add(column);
      } else if (column.range().isPresent()) {
        columns.add(column.asHidden());
      }
    }
    return new Relation(withFields(rel, fields), columns);
  }

  private static RelNode withFields(RelNode rel, List<RexNode> fields) {
    List<String> names = new ArrayList<>(rel.getRowType().getFieldNames());
    if (names.size() == fields.size()) {
      return rel;
    }
    while (names.size() < fields.size()) {
      names.add("merged_" + names.size());
    }
    return LogicalProject.create(rel, List.of(), fields, QueryBinder.unique(names));
  }
}
