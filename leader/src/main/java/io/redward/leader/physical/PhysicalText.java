package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.step.SinkStep.AggregateCall;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SinkStep.WindowCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Prints the tree of chosen operators, one a line, with everything that was decided: the lines of
/// EXPLAIN (PHYSICAL).
final class PhysicalText {
  private final List<String> lines = new ArrayList<>();

  private PhysicalText() {}

  static List<String> of(PhysicalNode root) {
    PhysicalText text = new PhysicalText();
    text.print(root, 0);
    return text.lines;
  }

  private void print(PhysicalNode node, int depth) {
    lines.add(
        "  ".repeat(depth) + head(node) + String.format(Locale.ROOT, "  rows=%.0f", node.rows()));
    node.inputs().forEach(input -> print(input, depth + 1));
  }

  private static String head(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.SeqScan scan -> scan(scan);
      case PhysicalNode.SystemTableScan scan ->
          "SystemTableScan "
              + scan.table().schema()
              + "."
              + scan.table().name()
              + columns(scan.columns());
      case PhysicalNode.ValuesScan values ->
          "ValuesScan " + values.tuples().size() + " tuples" + columns(values.columns());
      case PhysicalNode.Filter filter ->
          "Filter " + list(filter.conditions(), filter.input().columns());
      case PhysicalNode.Secured secured -> "Secured " + secured.relation();
      case PhysicalNode.Project project ->
          "Project " + list(project.expressions(), project.input().columns());
      case PhysicalNode.Expand expand -> "Expand " + expand.rowExpressions().size() + " sets";
      case PhysicalNode.Unnest unnest ->
          "Unnest " + list(List.of(unnest.value()), unnest.input().columns());
      case PhysicalNode.HashJoin join -> hashJoin(join);
      case PhysicalNode.MergeJoin join -> mergeJoin(join);
      case PhysicalNode.NestedLoopJoin join ->
          "NestedLoopJoin " + join.method() + " state=" + join.stateId() + " " + join.label();
      case PhysicalNode.Aggregate aggregate -> aggregate(aggregate);
      case PhysicalNode.Sort sort ->
          "Sort "
              + keys(sort.keys(), sort.columns())
              + (sort.limit().isPresent() ? " limit " + sort.limit().getAsLong() : "")
              + (sort.offset() > 0 ? " offset " + sort.offset() : "");
      case PhysicalNode.Limit limit ->
          "Limit "
              + (limit.limit().isPresent() ? limit.limit().getAsLong() : "all")
              + (limit.offset() > 0 ? " offset " + limit.offset() : "");
      case PhysicalNode.Window window -> window(window);
      case PhysicalNode.Append _ -> "Append";
      case PhysicalNode.Shared shared -> "Shared state=" + shared.stateId();
    };
  }

  private static String scan(PhysicalNode.SeqScan scan) {
    StringBuilder text = new StringBuilder("SeqScan ").append(scan.table().name());
    text.append(columns(scan.columns()));
    scan.predicates()
        .forEach(p -> text.append(" scan").append(ExplainText.predicate(p, scan.columns())));
    scan.filters().forEach(f -> text.append(" filter").append(text(f, scan.columns())));
    scan.joinFilters()
        .forEach(
            f ->
                text.append(" joinfilter(")
                    .append(scan.columns().get(f.field()).text())
                    .append(" in state ")
                    .append(f.stateId())
                    .append(")"));
    return text.toString();
  }

  private static String hashJoin(PhysicalNode.HashJoin join) {
    List<Column> pair = new ArrayList<>(join.probe().columns());
    join.payload().forEach(place -> pair.add(join.build().columns().get(place)));
    return "HashJoin "
        + join.method()
        + " state="
        + join.stateId()
        + keys(join.keys(), join.probe(), join.build())
        + residual(join.residual(), pair)
        + join.label();
  }

  private static String mergeJoin(PhysicalNode.MergeJoin join) {
    List<Column> pair = new ArrayList<>(join.outer().columns());
    pair.addAll(join.inner().columns());
    return "MergeJoin "
        + join.method()
        + keys(join.keys(), join.outer(), join.inner())
        + residual(join.residual(), pair)
        + join.label();
  }

  private static String keys(
      PhysicalNode.HashJoin.Keys keys, PhysicalNode probe, PhysicalNode build) {
    List<String> equated = new ArrayList<>();
    for (int i = 0; i < keys.probe().size(); i++) {
      equated.add(
          text(keys.probe().get(i), probe.columns())
              + " = "
              + text(keys.build().get(i), build.columns()));
    }
    return " (" + String.join(", ", equated) + ")";
  }

  private static String residual(Optional<Expression> residual, List<Column> pair) {
    return residual.map(r -> " residual" + text(r, pair)).orElse("") + " ";
  }

  private static String aggregate(PhysicalNode.Aggregate aggregate) {
    List<Column> row = aggregate.input().columns();
    return (aggregate.sorted() ? "Sorted" : "")
        + "Aggregate state="
        + aggregate.stateId()
        + " by "
        + list(aggregate.keys(), row)
        + " "
        + aggregate.calls().stream().map(c -> call(c, row)).collect(Collectors.joining(", "));
  }

  private static String call(AggregateCall call, List<Column> row) {
    return call.function().name().toLowerCase(Locale.ROOT)
        + (call.distinct() ? " distinct" : "")
        + list(call.arguments(), row)
        + call.filter().map(f -> " filter" + text(f, row)).orElse("");
  }

  private static String window(PhysicalNode.Window window) {
    List<Column> row = window.input().columns();
    return "Window partition "
        + window.partitionBy().stream().map(p -> row.get(p).text()).toList()
        + " order "
        + keys(window.orderBy(), row)
        + " "
        + window.calls().stream()
            .map(WindowCall::function)
            .map(f -> f.name().toLowerCase(Locale.ROOT))
            .toList();
  }

  private static String keys(List<SortKey> keys, List<Column> row) {
    return keys.stream()
        .map(
            key ->
                row.get(key.field()).text()
                    + (key.descending() ? " desc" : "")
                    + (key.nullsFirst() == key.descending()
                        ? ""
                        : key.nullsFirst() ? " nulls first" : " nulls last"))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String columns(List<Column> columns) {
    return columns.stream()
        .map(column -> column.field().name())
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String list(List<Expression> expressions, List<Column> row) {
    return expressions.stream().map(e -> text(e, row)).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(Expression expression, List<Column> row) {
    return ExpressionText.of(expression, i -> row.get(i).text());
  }
}
