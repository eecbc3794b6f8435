package io.redward.leader.optimizer;

import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/// Which conditions may be tested on rows that the user is not to see: those that only compare
/// fields with values and with each other, which can neither fail nor do anything.
final class LeakProof {
  private static final Set<SqlKind> KINDS =
      EnumSet.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.IS_NULL,
          SqlKind.IS_NOT_NULL,
          SqlKind.AND,
          SqlKind.OR,
          SqlKind.NOT,
          SqlKind.SEARCH);

  private LeakProof() {}

  static boolean is(RexNode condition) {
    return switch (condition) {
      case RexInputRef _, RexLiteral _, RexDynamicParam _ -> true;
      case RexCall call ->
          KINDS.contains(call.getKind()) && call.getOperands().stream().allMatch(LeakProof::is);
      default -> false;
    };
  }
}
