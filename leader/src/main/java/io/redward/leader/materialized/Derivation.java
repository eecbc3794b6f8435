package io.redward.leader.materialized;

import io.redward.leader.materialized.ViewRewriter.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/// A query's expressions computed from a view's columns.
final class Derivation {
  private final Nodes nodes;
  private final RelNode scan;
  private final Map<RexNode, Integer> columns = new HashMap<>();
  private final Set<RexNode> left;

  private Derivation(Nodes nodes, RelNode scan, Set<RexNode> left) {
    this.nodes = nodes;
    this.scan = scan;
    this.left = left;
  }

  /// Over a view whose rows, or groups, are all that the query wants and perhaps more; empty if it
  /// lacks some, or has other combinations.
  ///
  /// @param held what the view, or what it groups, is made of
  /// @param fields which fields of `held` the view has
  /// @param positions in which of its columns
  static Optional<Derivation> of(
      Nodes nodes,
      Candidate view,
      QueryBlock query,
      QueryBlock held,
      int[] fields,
      int[] positions) {
    if (!query.tables().equals(held.tables())
        || !query.equal().equals(held.equal())
        || !query.conditions().containsAll(held.conditions())) {
      return Optional.empty();
    }
    Set<RexNode> left = new HashSet<>(query.conditions());
    left.removeAll(held.conditions());
    RelNode scan = nodes.scan(view.table().stored(), view.statistics(), false);
    Derivation derivation = new Derivation(nodes, scan, left);
    for (int i = 0; i < fields.length; i++) {
      RexNode value = held.fields().get(fields[i]);
      if (Nodes.type(nodes.field(scan, positions[i])).equals(Nodes.type(value))) {
        derivation.columns.putIfAbsent(value, positions[i]);
      }
    }
    return Optional.of(derivation);
  }

  RexNode column(int position) {
    return nodes.field(scan, position);
  }

  /// The rows that the query's other conditions let through, if they can be computed.
  Optional<RelNode> filtered() {
    List<RexNode> conditions = new ArrayList<>();
    for (RexNode condition : left) {
      Optional<RexNode> computed = compute(condition);
      if (computed.isEmpty()) {
        return Optional.empty();
      }
      conditions.add(computed.get());
    }
    return Optional.of(nodes.filter(scan, conditions));
  }

  /// The expressions over the view's columns, if all can be computed.
  Optional<List<RexNode>> computeAll(List<RexNode> expressions) {
    List<RexNode> computed = new ArrayList<>();
    for (RexNode expression : expressions) {
      Optional<RexNode> one = compute(expression);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      computed.add(one.get());
    }
    return Optional.of(computed);
  }

  private Optional<RexNode> compute(RexNode expression) {
    Integer column = columns.get(expression);
    if (column != null) {
      return Optional.of(nodes.retyped(nodes.field(scan, column), expression.getType()));
    }
    return switch (expression) {
      case RexLiteral literal -> Optional.of(literal);
      case RexCall call ->
          computeAll(call.getOperands()).map(operands -> call.clone(call.getType(), operands));
      default -> Optional.empty();
    };
  }
}
