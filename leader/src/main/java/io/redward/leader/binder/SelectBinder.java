package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import com.google.common.collect.ImmutableSet;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.binder.SelectList.Item;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.QueryBody.SelectQuery;
import io.redward.leader.sql.ast.SortItem;
import io.redward.leader.sql.ast.WindowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// One SELECT with the ORDER BY and LIMIT around it. The operators are built from below:
///
/// FROM, WHERE (filter), GROUP BY and aggregates (projection, aggregation), HAVING (filter), select
/// list with windows and hidden sort keys (projection), QUALIFY (filter), DISTINCT (aggregation),
/// ORDER BY and LIMIT (sort), and a projection that drops the hidden columns.
///
/// All expressions behind WHERE are bound over the rows before grouping; if there is grouping they
/// are then rewritten over the groups ([GroupedExpressions]).
final class SelectBinder {
  private final QueryBinder queries;
  private final Binding binding;
  private final @Nullable Clause outer;
  private final CommonTables commonTables;

  SelectBinder(QueryBinder queries, @Nullable Clause outer, CommonTables commonTables) {
    this.queries = queries;
    binding = queries.binding();
    this.outer = outer;
    this.commonTables = commonTables;
  }

  Relation bind(SelectQuery written, Query query) {
    SelectQuery select =
        DistinctOn.rewrite(
            ListedArrays.rewrite(
                ListedSets.rewrite(ListedSeries.rewrite(ExpandedArrays.rewrite(written)))),
            query);
    Relation from = new FromBinder(queries, outer, commonTables).bind(select);
    AggregateCalls aggregates = new AggregateCalls(from.rel().getRowType().getFieldCount());
    Clause clause =
        new Clause("SELECT", from, outer, commonTables)
            .allowAggregates(aggregates)
            .allowWindows(windows(select));
    ExpressionBinder binder = queries.expressions(clause);
    List<Item> items = SelectList.bind(select.items(), binder, binding);
    Optional<RexNode> having = select.having().map(expr -> condition(expr, clause, "HAVING"));
    Optional<RexNode> qualify = select.qualify().map(expr -> condition(expr, clause, "QUALIFY"));
    Output output = new Output(items, select, query);
    qualify.ifPresent(output::filterBy);
    output.sortBy(query.orderBy(), binder);
    Optional<Grouping> grouping = grouping(select, clause, items);
    boolean grouped = grouping.isPresent() || having.isPresent() || !aggregates.calls().isEmpty();
    if (!grouped) {
      return output.over(from.rel(), clause.variables());
    }
    Grouping keys = grouping.orElse(Grouping.ALL_ROWS);
    aggregates.requireGrouped(keys.keys(), select.position());
    RelNode aggregation =
        new AggregationBuilder().build(from.rel(), keys, aggregates, clause.variables());
    RelNode filtered = aggregation;
    if (having.isPresent()) {
      GroupedExpressions over = new GroupedExpressions(binding, clause, keys, aggregation);
      RexNode test = over.rewrite(having.get());
      filtered = LogicalFilter.create(aggregation, test, ImmutableSet.copyOf(over.variables()));
    }
    GroupedExpressions over = new GroupedExpressions(binding, clause, keys, aggregation);
    output.rewrite(over);
    return output.over(filtered, over.variables());
  }

  private static Map<String, WindowSpec> windows(SelectQuery select) {
    Map<String, WindowSpec> windows = new HashMap<>();
    for (QueryBody.NamedWindow window : select.windows()) {
      if (windows.put(window.name().name(), window.spec()) != null) {
        throw Errors.at(
            window.name().position(),
            SqlState.WINDOWING_ERROR,
            "window \"" + window.name().name() + "\" is already defined");
      }
    }
    return windows;
  }

  private RexNode condition(Expr expr, Clause clause, String name) {
    RexNode node = queries.expressions(clause).bind(expr);
    if (typeOf(node).kind() == TypeKind.UNKNOWN) {
      return binding.coercion().to(node, SqlType.BOOLEAN);
    }
    if (typeOf(node).kind() != TypeKind.BOOLEAN) {
      throw Errors.notBoolean(expr.position(), name, typeOf(node));
    }
    return node;
  }

  private Optional<Grouping> grouping(SelectQuery select, Clause clause, List<Item> items) {
    if (select.groupBy().isEmpty()) {
      return Optional.empty();
    }
    Clause place = clause.inside("GROUP BY");
    List<Grouping.Output> outputs =
        items.stream().map(i -> new Grouping.Output(i.name(), i.expression())).toList();
    for (Item item : items) {
      place.aliases().putIfAbsent(item.name(), item.expression());
    }
    ExpressionBinder binder = queries.expressions(place);
    return Optional.of(Grouping.bind(select.groupBy().get(), binder, outputs));
  }

  /// The output columns and what hangs on them, while the plan below is not finished.
  private final class Output {
    private final SelectQuery select;
    private final Query query;
    private final List<Column> columns = new ArrayList<>();
    private List<RexNode> fields = new ArrayList<>();
    private final List<RelFieldCollation> sortKeys = new ArrayList<>();
    private int qualifyField = -1;

    Output(List<Item> items, SelectQuery select, Query query) {
      this.select = select;
      this.query = query;
      boolean keepOpen = select.distinct().isEmpty() && query.orderBy().isEmpty();
      for (Item item : items) {
        RexNode node = item.expression();
        columns.add(
            new Column(
                Optional.empty(),
                item.name(),
                fields.size(),
                false,
                item.originTable(),
                item.originColumn()));
        fields.add(keepOpen ? node : binding.coercion().settled(node));
      }
    }

    void filterBy(RexNode condition) {
      qualifyField = field(condition);
    }

    void sortBy(List<SortItem> order, ExpressionBinder binder) {
      int width = columns.size();
      for (SortItem item : Ordering.items(order, width)) {
        Optional<Integer> output = Ordering.output(item.expr(), columns);
        int field =
            output.isPresent()
                ? output.get()
                : field(binding.coercion().settled(binder.bind(item.expr())));
        if (field >= width && select.distinct().isPresent()) {
          throw Errors.at(
              item.expr().position(),
              SqlState.INVALID_COLUMN_REFERENCE,
              "for SELECT DISTINCT, ORDER BY expressions must appear in select list");
        }
        sortKeys.add(Ordering.key(field, item));
      }
    }

    private int field(RexNode node) {
      int index = fields.indexOf(node);
      if (index < 0) {
        index = fields.size();
        fields.add(node);
      }
      return index;
    }

    void rewrite(GroupedExpressions over) {
      fields = new ArrayList<>(fields.stream().map(over::rewrite).toList());
    }

    Relation over(RelNode input, Set<CorrelationId> variables) {
      List<String> names = new ArrayList<>(columns.stream().map(Column::name).toList());
      while (names.size() < fields.size()) {
        names.add("hidden_" + names.size());
      }
      RelNode rel =
          LogicalProject.create(input, List.of(), fields, QueryBinder.unique(names), variables);
      if (qualifyField >= 0) {
        rel = LogicalFilter.create(rel, binding.expressions().column(rel, qualifyField));
        rel = select.distinct().isPresent() ? visible(rel) : rel;
      }
      if (select.distinct().isPresent()) {
        ImmutableBitSet all = ImmutableBitSet.range(columns.size());
        rel = LogicalAggregate.create(rel, List.of(), all, null, List.of());
      }
      RelNode sorted = Ordering.sort(rel, sortKeys, offset(), limit());
      return new Relation(visible(sorted), columns);
    }

    private @Nullable RexNode offset() {
      return queries.rowCount(query.offset(), "OFFSET", outer);
    }

    private @Nullable RexNode limit() {
      RexNode limit = queries.rowCount(query.limit(), "LIMIT", outer);
      return limit == null ? queries.rowCount(select.top(), "TOP", outer) : limit;
    }

    /// Without the hidden fields behind the output columns.
    private RelNode visible(RelNode rel) {
      int width = columns.size();
      if (rel.getRowType().getFieldCount() == width) {
        return rel;
      }
      return LogicalProject.create(
          rel,
          List.of(),
          binding.expressions().columns(rel).subList(0, width),
          rel.getRowType().getFieldNames().subList(0, width));
    }
  }
}
