package io.redward.leader.optimizer;

import io.redward.leader.relational.FlatCondition;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Sarg;

/// Writes search arguments as comparisons again, but for lists of points, which execution tests in
/// one go.
final class ExpandSearches {
  private ExpandSearches() {}

  static RelNode apply(RelNode root, PassContext context) {
    return rewrite(root, new Expander(context.rexBuilder()));
  }

  private static RelNode rewrite(RelNode node, Expander expander) {
    return Rebuild.mapInputs(node, input -> rewrite(input, expander)).accept(expander);
  }

  private static final class Expander extends RexShuttle {
    private final RexBuilder builder;

    Expander(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      RexNode expanded =
          visited.isA(SqlKind.SEARCH) && !isList((RexCall) visited)
              ? RexUtil.expandSearch(builder, null, visited)
              : visited;
      return expanded.isA(SqlKind.AND) || expanded.isA(SqlKind.OR)
          ? FlatCondition.of(builder, expanded)
          : expanded;
    }

    private static boolean isList(RexCall search) {
      Sarg<?> sarg = ((RexLiteral) search.getOperands().get(1)).getValueAs(Sarg.class);
      return sarg != null
          && sarg.nullAs == RexUnknownAs.UNKNOWN
          && (sarg.isPoints() && sarg.pointCount > 1
              || sarg.isComplementedPoints() && sarg.negate().pointCount > 1);
    }
  }
}
