package io.redward.leader.optimizer;

import io.redward.foundation.types.SqlType;
import io.redward.functions.FunctionCatalog;
import io.redward.functions.signature.ResolvedFunction;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.relational.Literals;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/// Makes expressions by which case-insensitive values compare.
record LowerCase(RexBuilder builder) {
  /// Between a value's letters in lower case and the value.
  private static final String SEPARATOR = "\u0001";

  static boolean isInsensitive(RexNode node) {
    return isInsensitive(node.getType());
  }

  static boolean isInsensitive(RelDataType type) {
    return CalciteTypes.sqlType(type).caseInsensitive();
  }

  /// Names for the fields of a row and some more.
  static List<String> names(RelNode input, List<RexNode> fields) {
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    for (int i = names.size(); i < fields.size(); i++) {
      names.add("$lower" + i);
    }
    return names;
  }

  RexNode lower(RexNode value) {
    return call("lower", List.of(value));
  }

  RexNode lowerIfInsensitive(RexNode value) {
    return isInsensitive(value) ? lower(value) : value;
  }

  /// A text that sorts as the value does, and has it at its end.
  RexNode tagged(RexNode value) {
    RexNode separator = Literals.string(builder, SEPARATOR);
    RexNode head = call("concat", List.of(lower(value), separator));
    RexNode plain =
        builder.makeCast(
            CalciteTypes.relType(
                builder.getTypeFactory(),
                CalciteTypes.sqlType(value.getType()).withCaseInsensitive(false),
                value.getType().isNullable()),
            value);
    return call("concat", List.of(head, plain));
  }

  /// The value at the end of such a text.
  RexNode untagged(RexNode text, RelDataType type) {
    RexNode value =
        call(
            "split_part",
            List.of(
                text,
                Literals.string(builder, SEPARATOR),
                builder.makeLiteral(
                    2, CalciteTypes.relType(builder.getTypeFactory(), SqlType.INTEGER, false))));
    return builder.makeCast(type, value);
  }

  private RexNode call(String name, List<RexNode> arguments) {
    ResolvedFunction function =
        FunctionCatalog.builtIn()
            .resolve(name, arguments.stream().map(a -> CalciteTypes.sqlType(a.getType())).toList())
            .orElseThrow();
    boolean nullable = arguments.stream().anyMatch(a -> a.getType().isNullable());
    return CatalogFunction.of(function.functionId())
        .call(
            builder,
            CalciteTypes.relType(builder.getTypeFactory(), function.type(), nullable),
            arguments);
  }
}
