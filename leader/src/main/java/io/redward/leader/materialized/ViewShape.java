package io.redward.leader.materialized;

import io.redward.leader.binder.BoundStatement.BoundQuery;
import io.redward.leader.binder.BoundStatement.References;
import io.redward.leader.relational.CalciteTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/// What a view's query is like, as far as bringing it up to date goes.
public sealed interface ViewShape {
  /// Rows that follow from the rows of the tables by projections, filters, joins and UNION ALL.
  record Rows(RelNode rel) implements ViewShape {}

  /// Groups of such rows, one row a group at most.
  ///
  /// @param aggregate the grouping, over rows as in [Rows]
  /// @param outputs the view's columns, over the fields of `aggregate`
  /// @param having conditions over the fields of `aggregate`
  record Groups(LogicalAggregate aggregate, List<RexNode> outputs, List<RexNode> having)
      implements ViewShape {
    public Groups {
      outputs = List.copyOf(outputs);
      having = List.copyOf(having);
    }
  }

  /// Anything else.
  ///
  /// @param because what is in the way
  record Whole(String because) implements ViewShape {}

  /// Looks at a query as it is bound.
  static ViewShape of(BoundQuery query) {
    Optional<String> refusal = refusal(query);
    if (refusal.isPresent()) {
      return new Whole(refusal.get());
    }
    RelNode node = unsorted(query.rel());
    List<RexNode> outputs = new ArrayList<>();
    List<RexNode> having = new ArrayList<>();
    for (int i = 0; i < node.getRowType().getFieldCount(); i++) {
      outputs.add(RexInputRef.of(i, node.getRowType()));
    }
    RelNode inner = node;
    boolean more = true;
    while (more) {
      switch (inner) {
        case LogicalProject project when isPlain(project.getProjects()) -> {
          outputs = over(outputs, project.getProjects());
          having = over(having, project.getProjects());
          inner = unsorted(project.getInput());
        }
        case LogicalFilter filter when isPlain(List.of(filter.getCondition())) -> {
          having.add(filter.getCondition());
          inner = unsorted(filter.getInput());
        }
        default -> more = false;
      }
    }
    ViewShape shape =
        inner instanceof LogicalAggregate aggregate && Aggregate.isSimple(aggregate)
            ? new Groups(aggregate, outputs, having)
            : new Rows(node);
    if (shape instanceof Groups groups && GroupUpkeep.isHopeless(groups)) {
      return new Whole("it has no GROUP BY, and aggregates that cannot be added up");
    }
    return refusal(shape, _ -> true).<ViewShape>map(Whole::new).orElse(shape);
  }

  /// Why changes of just these tables cannot be worked in, if they cannot.
  static Optional<String> refusal(ViewShape shape, IntPredicate changed) {
    return switch (shape) {
      case Rows(RelNode rel) -> Deltas.refusal(rel, changed);
      case Groups groups -> Deltas.refusal(groups.aggregate().getInput(), changed);
      case Whole(String because) -> Optional.of(because);
    };
  }

  /// Whether some value on the way compares by its letters.
  private static boolean readsInsensitive(RelNode node) {
    return node.getRowType().getFieldList().stream()
            .anyMatch(field -> CalciteTypes.sqlType(field.getType()).caseInsensitive())
        || node.getInputs().stream().anyMatch(ViewShape::readsInsensitive);
  }

  private static Optional<String> refusal(BoundQuery query) {
    References references = query.references();
    if (references.volatileFunctions()) {
      return Optional.of("it calls functions whose results change");
    }
    if (readsInsensitive(query.rel())) {
      return Optional.of("it reads case-insensitive columns");
    }
    if (!query.parameters().isEmpty()) {
      return Optional.of("it depends on the time or on the session");
    }
    if (!references.recursions().isEmpty()) {
      return Optional.of("it is recursive");
    }
    return references.systemTables() || references.masked() || !references.policies().isEmpty()
        ? Optional.of("it reads what is no plain table")
        : Optional.empty();
  }

  private static RelNode unsorted(RelNode node) {
    return node instanceof LogicalSort sort && sort.fetch == null && sort.offset == null
        ? sort.getInput()
        : node;
  }

  private static boolean isPlain(List<RexNode> expressions) {
    return !RexOver.containsOver(expressions, null)
        && RexUtil.SubQueryFinder.find(expressions) == null;
  }

  /// Expressions over a projection's fields as expressions over its input.
  static List<RexNode> over(List<RexNode> expressions, List<RexNode> fields) {
    RexShuttle shuttle =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return fields.get(ref.getIndex());
          }
        };
    List<RexNode> result = new ArrayList<>();
    expressions.forEach(each -> result.add(each.accept(shuttle)));
    return result;
  }
}
