package io.redward.leader.optimizer;

import io.redward.leader.relational.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// The text of EXPLAIN (LOGICAL): one line an operator, inputs indented below it, with estimated
/// rows. Fields go by name. It is stable: golden plans are written in it.
public final class LogicalText {
  private final StringBuilder out = new StringBuilder();
  private final Cardinality cardinality = new Cardinality();
  private final boolean withRows;

  private LogicalText(boolean withRows) {
    this.withRows = withRows;
  }

  /// The tree with row estimates.
  public static String of(RelNode root) {
    return new LogicalText(true).print(root);
  }

  /// The tree alone, for comparison with golden plans.
  public static String withoutEstimates(RelNode root) {
    return new LogicalText(false).print(root);
  }

  private String print(RelNode root) {
    print(root, 0);
    return out.toString();
  }

  private void print(RelNode node, int depth) {
    out.append("  ".repeat(depth)).append(line(node));
    if (withRows) {
      out.append(String.format(Locale.ROOT, "  (rows=%.0f)", cardinality.rowCount(node)));
    }
    out.append('\n');
    for (RelNode input : node.getInputs()) {
      print(input, depth + 1);
    }
  }

  private static String line(RelNode node) {
    return switch (node) {
      case TableScan scan -> "Scan " + String.join(".", scan.getTable().getQualifiedName());
      case Filter filter -> "Filter " + RexText.of(filter.getCondition(), names(filter.getInput()));
      case Project project -> project(project);
      case Join join -> join(join);
      case Aggregate aggregate -> aggregate(aggregate);
      case Sort sort -> sort(sort);
      case SetOp setOp -> setOp.kind.sql.toUpperCase(Locale.ROOT) + (setOp.all ? " ALL" : "");
      case Values values -> "Values " + values.tuples.size() + " rows";
      case Unnest unnest -> "Unnest " + RexText.of(unnest.value(), names(unnest.getInput()));
      case Correlate correlate ->
          "Correlate " + correlate.getJoinType() + " " + correlate.getCorrelationId();
      default -> node.getRelTypeName();
    };
  }

  private static List<String> names(RelNode node) {
    return node.getRowType().getFieldNames();
  }

  private static String project(Project project) {
    List<String> fields = new ArrayList<>();
    List<String> input = names(project.getInput());
    for (int i = 0; i < project.getProjects().size(); i++) {
      RexNode expression = project.getProjects().get(i);
      String name = names(project).get(i);
      String text = RexText.of(expression, input);
      boolean plain =
          expression instanceof RexInputRef reference
              && input.get(reference.getIndex()).equals(name);
      fields.add(plain ? name : name + " = " + text);
    }
    return "Project " + String.join(", ", fields);
  }

  private static String join(Join join) {
    List<String> both = new ArrayList<>(names(join.getLeft()));
    for (String name : names(join.getRight())) {
      both.add(both.contains(name) ? "right." + name : name);
    }
    return "Join " + join.getJoinType() + " on " + RexText.of(join.getCondition(), both);
  }

  private static String aggregate(Aggregate aggregate) {
    List<String> input = names(aggregate.getInput());
    StringBuilder text = new StringBuilder("Aggregate");
    if (aggregate.getGroupSets().size() > 1) {
      text.append(" sets ");
      text.append(
          aggregate.getGroupSets().stream()
              .map(set -> keys(set, input))
              .collect(Collectors.joining(" ")));
    } else if (aggregate.getGroupCount() > 0) {
      text.append(" by ").append(keys(aggregate.getGroupSet(), input));
    }
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      text.append(i == 0 ? ": " : ", ");
      text.append(names(aggregate).get(aggregate.getGroupCount() + i)).append(" = ");
      text.append(call(aggregate.getAggCallList().get(i), input));
    }
    return text.toString();
  }

  private static String keys(ImmutableBitSet keys, List<String> input) {
    return keys.asList().stream().map(input::get).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String call(AggregateCall call, List<String> input) {
    String arguments = call.getArgList().stream().map(input::get).collect(Collectors.joining(", "));
    String order =
        call.getCollation().getFieldCollations().isEmpty()
            ? ""
            : " order by " + collation(call.getCollation().getFieldCollations(), input);
    return call.getAggregation().getName().toLowerCase(Locale.ROOT)
        + "("
        + (call.isDistinct() ? "distinct " : "")
        + (call.getArgList().isEmpty() ? "*" : arguments)
        + order
        + ")"
        + (call.filterArg >= 0 ? " filter " + input.get(call.filterArg) : "");
  }

  private static String sort(Sort sort) {
    List<String> input = names(sort.getInput());
    StringBuilder text = new StringBuilder();
    List<RelFieldCollation> fields = sort.getCollation().getFieldCollations();
    text.append(fields.isEmpty() ? "Limit" : "Sort " + collation(fields, input));
    if (sort.fetch != null) {
      text.append(fields.isEmpty() ? " " : " limit ").append(RexText.of(sort.fetch, input));
    }
    if (sort.offset != null) {
      text.append(" offset ").append(RexText.of(sort.offset, input));
    }
    return text.toString();
  }

  private static String collation(List<RelFieldCollation> fields, List<String> input) {
    return fields.stream()
        .map(
            field ->
                input.get(field.getFieldIndex())
                    + (field.getDirection().isDescending() ? " desc" : "")
                    + nulls(field))
        .collect(Collectors.joining(", "));
  }

  private static String nulls(RelFieldCollation field) {
    return switch (field.nullDirection) {
      case FIRST -> " nulls first";
      case LAST -> " nulls last";
      case UNSPECIFIED -> "";
    };
  }
}
