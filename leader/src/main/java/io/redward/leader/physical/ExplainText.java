package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.run.JoinMoves;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SourceStep.ScanPredicate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Prints a plan the way Redshift's EXPLAIN does: `XN` operators with cost, rows and width, details
/// two columns in, inputs behind arrows; `LD` for what runs on the leader alone. Projections have
/// no line of their own, they only change the width.
final class ExplainText {
  private static final String SECURE_SCAN = "RLS SecureScan ";
  private static final Optional<String> SECURED = Optional.of("rls_table");
  private static final String LOOP_WARNING =
      " ----- Nested Loop Join in the query plan - review the join predicates to avoid Cartesian"
          + " products -----";

  private final List<String> lines = new ArrayList<>();
  private final boolean qualify;
  private final boolean toLeader;
  private final JoinMoves moves;
  private boolean hasNestedLoop;

  /// What the scan that is printed is called in the statement, if it is below a policy's.
  private Optional<String> secured = Optional.empty();

  private ExplainText(boolean qualify, boolean toLeader, JoinMoves moves) {
    this.moves = moves;
    this.qualify = qualify;
    this.toLeader = toLeader;
  }

  /// @param toLeader the rows are a client's; those of a new table stay where they are
  /// @param moves how joins are run, where that is known
  static List<String> of(PhysicalNode root, boolean toLeader, JoinMoves moves) {
    Set<String> tables = new HashSet<>();
    collectTables(root, tables);
    ExplainText text = new ExplainText(tables.size() > 1, toLeader, moves);
    text.print(root, 0, root.width(), List.of());
    if (text.hasNestedLoop) {
      text.lines.add(LOOP_WARNING);
    }
    return text.lines;
  }

  private static void collectTables(PhysicalNode node, Set<String> tables) {
    switch (node) {
      case PhysicalNode.SeqScan scan -> tables.add(scan.table().shownName());
      case PhysicalNode.SystemTableScan scan -> tables.add(scan.table().name());
      default -> {}
    }
    node.inputs().forEach(input -> collectTables(input, tables));
  }

  /// @param filters conditions from filters above, written below this operator's line
  private void print(PhysicalNode node, int depth, double width, List<String> filters) {
    switch (node) {
      case PhysicalNode.Project project -> print(project.input(), depth, width, filters);
      case PhysicalNode.Shared shared -> print(shared.input(), depth, width, filters);
      case PhysicalNode.Filter filter -> filter(filter, depth, width, filters);
      case PhysicalNode.Secured secured -> {
        line(depth, SECURE_SCAN + Names.quoted(secured.relation()), secured, width);
        filters(depth, filters);
        Optional<String> outer = this.secured;
        this.secured = Optional.of(secured.relation());
        print(secured.input(), depth + 1, width, List.of());
        this.secured = outer;
      }
      case PhysicalNode.SeqScan scan -> scan(scan, depth, width, filters);
      case PhysicalNode.SystemTableScan scan -> {
        line(depth, "Seq Scan on " + Names.quoted(scan.table().name()), scan, width);
        filters(depth, filters);
      }
      case PhysicalNode.ValuesScan values -> {
        boolean plain = values.tuples().size() <= 1;
        line(depth, plain ? "Result" : "Values Scan on \"*VALUES*\"", values, width);
        filters(depth, filters);
      }
      case PhysicalNode.HashJoin join -> hashJoin(join, depth, width, filters);
      case PhysicalNode.MergeJoin join -> mergeJoin(join, depth, width, filters);
      case PhysicalNode.NestedLoopJoin join -> nestedLoop(join, depth, width, filters);
      case PhysicalNode.Aggregate aggregate -> aggregate(aggregate, depth, width, filters);
      case PhysicalNode.Expand expand -> {
        line(depth, "Grouping Sets", expand, width);
        print(expand.input(), depth + 1, expand.input().width(), List.of());
      }
      case PhysicalNode.Unnest unnest -> {
        line(depth, "Unnest", unnest, width);
        filters(depth, filters);
        print(unnest.input(), depth + 1, unnest.input().width(), List.of());
      }
      case PhysicalNode.Sort sort -> sort(sort, depth, width, filters);
      case PhysicalNode.Limit limit -> {
        line(depth, "Limit", limit, width);
        filters(depth, filters);
        print(limit.input(), depth + 1, width, List.of());
      }
      case PhysicalNode.Window window -> window(window, depth, width, filters);
      case PhysicalNode.Append append -> append(append, depth, width, filters);
    }
  }

  private void line(int depth, String operator, PhysicalNode node, double width) {
    line(depth, prefix(node) + operator, node.estimate(), width);
  }

  private void line(int depth, String operator, Estimate estimate, double width) {
    String indent = depth == 0 ? "" : " ".repeat(6 * depth - 4) + "->  ";
    lines.add(
        indent
            + operator
            + String.format(
                Locale.ROOT,
                "  (cost=%.2f..%.2f rows=%.0f width=%.0f)",
                estimate.startup(),
                estimate.total(),
                estimate.rows(),
                width));
  }

  private void detail(int depth, String text) {
    lines.add(" ".repeat(6 * depth + 2) + text);
  }

  private void filters(int depth, List<String> filters) {
    if (!filters.isEmpty()) {
      String all = String.join(" AND ", filters);
      detail(depth, "Filter: " + (filters.size() == 1 ? all : "(" + all + ")"));
    }
  }

  /// `LD ` for what the leader does without any stored table.
  private static String prefix(PhysicalNode node) {
    return readsStored(node) || node instanceof PhysicalNode.ValuesScan ? "XN " : "LD ";
  }

  private static boolean readsStored(PhysicalNode node) {
    return node instanceof PhysicalNode.SeqScan
        || node.inputs().stream().anyMatch(ExplainText::readsStored);
  }

  private void filter(PhysicalNode.Filter filter, int depth, double width, List<String> above) {
    List<String> conditions = new ArrayList<>(above);
    filter.conditions().forEach(c -> conditions.add(unqualified(c, filter.columns())));
    int at = lines.size();
    print(filter.input(), depth, width, conditions);
    String head = lines.get(at);
    lines.set(
        at,
        head.replaceFirst(
            " rows=\\d+ ", String.format(Locale.ROOT, " rows=%.0f ", filter.estimate().rows())));
  }

  private static String unqualified(Expression expression, List<Column> row) {
    return ExpressionText.of(expression, i -> row.get(i).text());
  }

  private String name(Column column) {
    return qualify ? column.qualifiedText() : column.text();
  }

  private void scan(PhysicalNode.SeqScan scan, int depth, double width, List<String> above) {
    String name = scan.table().alias().orElse(scan.table().name());
    Optional<String> shown = secured.equals(Optional.of(name)) ? SECURED : scan.table().alias();
    String alias = shown.map(each -> " " + Names.quoted(each)).orElse("");
    line(depth, "Seq Scan on " + Names.quoted(scan.table().name()) + alias, scan, width);
    List<String> conditions = new ArrayList<>();
    scan.predicates().forEach(p -> conditions.add(predicate(p, scan.columns())));
    scan.filters().forEach(f -> conditions.add(unqualified(f, scan.columns())));
    conditions.addAll(above);
    filters(depth, conditions);
  }

  /// A scan's own test, written as the condition it stands for.
  static String predicate(ScanPredicate predicate, List<Column> columns) {
    Column column = columns.get(predicate.field());
    return switch (predicate) {
      case ScanPredicate.Compare compare ->
          "("
              + column.text()
              + " "
              + compare.operator().symbol()
              + " "
              + ExpressionText.of(compare.value(), String::valueOf)
              + ")";
      case ScanPredicate.In in ->
          ExpressionText.of(
              new io.redward.plan.expression.InList(column.at(predicate.field()), in.values()),
              _ -> column.text());
      case ScanPredicate.NullTest test ->
          "(" + column.text() + (test.wantNull() ? " IS NULL)" : " IS NOT NULL)");
      case ScanPredicate.Matches match ->
          "("
              + column.text()
              + (match.wanted() ? " ~~ " : " !~~ ")
              + ExpressionText.of(match.pattern(), String::valueOf)
              + ")";
    };
  }

  private void hashJoin(PhysicalNode.HashJoin join, int depth, double width, List<String> filters) {
    String label = moves.label(join.stateId(), join.label());
    line(depth, "Hash " + join.method().words() + " " + label, join, width);
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < join.keys().probe().size(); i++) {
      String outer = side("outer", join.keys().probe().get(i), join.probe().columns());
      String inner = side("inner", join.keys().build().get(i), join.build().columns());
      String operator = join.keys().nullSafe().get(i) ? " IS NOT DISTINCT FROM " : " = ";
      conditions.add("(" + outer + operator + inner + ")");
    }
    detail(depth, "Hash Cond: " + conjunction(conditions));
    join.residual()
        .ifPresent(
            residual -> {
              List<Column> pair = new ArrayList<>(join.probe().columns());
              join.payload().forEach(place -> pair.add(join.build().columns().get(place)));
              int outer = join.probe().columns().size();
              detail(depth, "Join Filter: " + paired(residual, pair, outer));
            });
    filters(depth, filters);
    print(join.probe(), depth + 1, join.probe().width(), List.of());
    Estimate build = join.build().estimate();
    Estimate hash = new Estimate(build.total(), build.total(), build.rows());
    line(depth + 1, prefix(join.build()) + "Hash", hash, join.build().width());
    print(join.build(), depth + 2, join.build().width(), List.of());
  }

  private void mergeJoin(
      PhysicalNode.MergeJoin join, int depth, double width, List<String> filters) {
    JoinMoves.Merge tables =
        new JoinMoves.Merge(join.outer().table().tableId(), join.inner().table().tableId());
    String label = moves.label(tables, join.label());
    line(depth, "Merge " + join.method().words() + " " + label, join, width);
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < join.keys().probe().size(); i++) {
      String outer = side("outer", join.keys().probe().get(i), join.outer().columns());
      String inner = side("inner", join.keys().build().get(i), join.inner().columns());
      conditions.add("(" + outer + " = " + inner + ")");
    }
    detail(depth, "Merge Cond: " + conjunction(conditions));
    join.residual()
        .ifPresent(
            residual -> {
              List<Column> pair = new ArrayList<>(join.outer().columns());
              pair.addAll(join.inner().columns());
              int outer = join.outer().columns().size();
              detail(depth, "Join Filter: " + paired(residual, pair, outer));
            });
    filters(depth, filters);
    print(join.outer(), depth + 1, join.outer().width(), List.of());
    print(join.inner(), depth + 1, join.inner().width(), List.of());
  }

  private static String conjunction(List<String> conditions) {
    return conditions.size() == 1
        ? conditions.getFirst()
        : conditions.stream().collect(Collectors.joining(" AND ", "(", ")"));
  }

  private static String side(String side, Expression key, List<Column> row) {
    return ExpressionText.of(key, i -> "\"" + side + "\"." + row.get(i).text());
  }

  private static String paired(Expression condition, List<Column> pair, int outerWidth) {
    return ExpressionText.of(
        condition, i -> (i < outerWidth ? "\"outer\"." : "\"inner\".") + pair.get(i).text());
  }

  private void nestedLoop(
      PhysicalNode.NestedLoopJoin join, int depth, double width, List<String> filters) {
    hasNestedLoop |= join.inner().rows() > 1;
    String words =
        join.method() == JoinMethod.INNER ? "Nested Loop" : "Nested Loop " + join.method().words();
    line(depth, words + " " + moves.label(join.stateId(), join.label()), join, width);
    join.condition()
        .ifPresent(
            condition -> {
              List<Column> pair = new ArrayList<>(join.outer().columns());
              pair.addAll(join.inner().columns());
              int outer = join.outer().columns().size();
              detail(depth, "Join Filter: " + paired(condition, pair, outer));
            });
    filters(depth, filters);
    print(join.outer(), depth + 1, join.outer().width(), List.of());
    print(join.inner(), depth + 1, join.inner().width(), List.of());
  }

  private void aggregate(
      PhysicalNode.Aggregate aggregate, int depth, double width, List<String> filters) {
    String operator =
        aggregate.keys().isEmpty()
            ? "Aggregate"
            : aggregate.calls().isEmpty()
                ? "Unique"
                : aggregate.sorted() ? "GroupAggregate" : "HashAggregate";
    line(depth, operator, aggregate, width);
    filters(depth, filters);
    print(aggregate.input(), depth + 1, aggregate.input().width(), List.of());
  }

  private void sort(PhysicalNode.Sort sort, int depth, double width, List<String> filters) {
    int at = depth;
    Estimate sorted = CostModel.sort(sort.input().estimate(), sort.input().rows());
    if (sort.limit().isPresent() || sort.offset() > 0) {
      Estimate limited = CostModel.limit(sorted, sort.rows());
      line(at++, prefix(sort) + "Limit", limited, width);
    }
    String keys = sortKeys(sort.keys(), sort.columns());
    if (toLeader && readsStored(sort)) {
      line(at, "XN Merge", sorted, width);
      detail(at++, "Merge Key: " + keys);
      line(at, "XN Network", sorted, width);
      detail(at++, "Send to leader");
    }
    line(at, prefix(sort) + "Sort", sorted, width);
    detail(at, "Sort Key: " + keys);
    filters(at, filters);
    print(sort.input(), at + 1, sort.input().width(), List.of());
  }

  private String sortKeys(List<SortKey> keys, List<Column> row) {
    return keys.stream().map(key -> name(row.get(key.field()))).collect(Collectors.joining(", "));
  }

  private void window(PhysicalNode.Window window, int depth, double width, List<String> filters) {
    line(depth, "Window", window, width);
    List<Column> row = window.input().columns();
    if (!window.partitionBy().isEmpty()) {
      detail(
          depth,
          "Partition: "
              + window.partitionBy().stream()
                  .map(place -> name(row.get(place)))
                  .collect(Collectors.joining(", ")));
    }
    if (!window.orderBy().isEmpty()) {
      detail(depth, "Order: " + sortKeys(window.orderBy(), row));
    }
    filters(depth, filters);
    List<SortKey> keys = new ArrayList<>();
    window.partitionBy().forEach(place -> keys.add(new SortKey(place, false, false)));
    keys.addAll(window.orderBy());
    int at = depth + 1;
    double inputWidth = window.input().width();
    if (!keys.isEmpty()) {
      Estimate sorted = CostModel.sort(window.input().estimate(), window.input().rows());
      line(at, prefix(window) + "Sort", sorted, inputWidth);
      detail(at++, "Sort Key: " + sortKeys(keys, row));
    }
    if (readsStored(window)) {
      line(at, "XN Network", window.input().estimate(), inputWidth);
      detail(at++, window.partitionBy().isEmpty() ? "Send to slice 0" : "Distribute");
    }
    print(window.input(), at, inputWidth, List.of());
  }

  private void append(PhysicalNode.Append append, int depth, double width, List<String> filters) {
    if (standsInForEmptyGroup(append)) {
      print(append.inputs().getFirst(), depth, width, filters);
      return;
    }
    line(depth, "Append", append, width);
    filters(depth, filters);
    for (int i = 0; i < append.inputs().size(); i++) {
      PhysicalNode input = append.inputs().get(i);
      String name = "Subquery Scan \"*SELECT* " + (i + 1) + "\"";
      line(depth + 1, name, input, input.width());
      print(input, depth + 2, input.width(), List.of());
    }
  }

  /// A grouping that appends the group of no rows where it is missing: that is how it is run, not
  /// what the statement asks.
  private static boolean standsInForEmptyGroup(PhysicalNode.Append append) {
    return append.inputs().getFirst() instanceof PhysicalNode.Shared
        && append.inputs().getLast() instanceof PhysicalNode.NestedLoopJoin loop
        && loop.outer() instanceof PhysicalNode.ValuesScan;
  }
}
