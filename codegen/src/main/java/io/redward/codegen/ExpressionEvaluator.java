package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.CodeEvaluator;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.types.Int128;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Computes expressions that see no fields, without compiling anything: the same lowering as for
/// segments, run as it stands.
public final class ExpressionEvaluator {
  private ExpressionEvaluator() {}

  /// @param parameters values of the parameters that the expression names
  /// @throws io.redward.foundation.base.SqlException as the compiled expression would
  public static Constant evaluate(Expression expression, List<Constant> parameters) {
    return evaluate(expression, List.of(), parameters);
  }

  /// As above, with a row of literals for the fields.
  static Constant evaluate(Expression expression, List<Literal> fields, List<Constant> parameters) {
    ClassPlan plan = new ClassPlan();
    ExpressionLowering lowering = new ExpressionLowering(plan, CatalogLibrary.INSTANCE);
    Scope scope = Scope.outermost(plan);
    List<Value> values = new ArrayList<>();
    for (Literal field : fields) {
      values.add(lowering.constants().literal(field.type(), field.value()));
    }
    Row row = new Row.Known(values);
    Value value = lowering.lowerOnce(row, expression, scope);
    Unbound context = new Unbound(parameters, new CancelToken());
    Map<String, Object> bound = new HashMap<>();
    for (int i = 0; i < plan.fields().size(); i++) {
      bound.put(plan.fields().get(i).name(), plan.values().get(i).resolve(context));
    }
    CodeEvaluator evaluator = new CodeEvaluator(bound);
    evaluator.run(scope.block());
    return constant(value, evaluator);
  }

  private static Constant constant(Value value, CodeEvaluator evaluator) {
    if ((boolean) evaluator.value(value.isNull())) {
      return Constant.NULL;
    }
    List<Object> parts = value.parts().stream().map((Code part) -> evaluator.value(part)).toList();
    return switch (value.physical()) {
      case INT -> new Constant.IntValue((int) parts.getFirst());
      case LONG -> new Constant.LongValue((long) parts.getFirst());
      case DOUBLE -> new Constant.DoubleValue((double) parts.getFirst());
      case INT128 -> new Constant.Int128Value(new Int128((long) parts.get(0), (long) parts.get(1)));
      case BYTES -> {
        int offset = (int) parts.get(1);
        int end = offset + (int) parts.get(2);
        yield new Constant.BytesValue(Arrays.copyOfRange((byte[]) parts.get(0), offset, end));
      }
    };
  }
}
