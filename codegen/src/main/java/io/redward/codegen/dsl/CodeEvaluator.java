package io.redward.codegen.dsl;

import io.redward.codegen.dsl.Statement.Block;
import io.redward.codegen.dsl.Statement.Label;
import io.redward.foundation.base.SqlException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Runs blocks of generated code as they stand, slowly and plainly. Calls of the generated class's
/// own methods do not occur: they come from outlining, which happens later.
public final class CodeEvaluator {
  private static final class BreakSignal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Label label;

    BreakSignal(Label label) {
      super(null, null, false, false);
      this.label = label;
    }
  }

  private final Map<Variable, Object> variables = new HashMap<>();
  private final Map<String, Object> fields;

  public CodeEvaluator(Map<String, Object> fields) {
    this.fields = fields;
  }

  public void run(Block block) {
    block.statements().forEach(this::run);
  }

  private void run(Statement statement) {
    switch (statement) {
      case Block block -> run(block);
      case Statement.Assign(Variable variable, Code value) -> variables.put(variable, value(value));
      case Statement.SetElement(Code array, Code index, Code value) ->
          Array.set(value(array), (int) value(index), value(value));
      case Statement.Run(Code call) -> call(call);
      case Statement.If(Code condition, Block then, Block otherwise) ->
          run((boolean) value(condition) ? then : otherwise);
      case Statement.While(Code condition, Block body) -> {
        while ((boolean) value(condition)) {
          run(body);
        }
      }
      case Statement.Labeled(Label label, Block body) -> {
        try {
          run(body);
        } catch (BreakSignal signal) {
          if (signal.label != label) {
            throw signal;
          }
        }
      }
      case Statement.Attempt(Block body, Block otherwise) -> {
        try {
          run(body);
        } catch (SqlException _) {
          run(otherwise);
        }
      }
      case Statement.Break(Label label) -> throw new BreakSignal(label);
      case Statement.Region(String _, Block body) -> run(body);
      case Statement.Note _ -> {}
      case Statement.SetField _, Statement.SetMember _, Statement.Return _ ->
          throw new IllegalStateException("not in an expression: " + statement);
    }
  }

  /// The value of `code`, boxed.
  public Object value(Code code) {
    return switch (code) {
      case Code.Read(Variable variable) -> Objects.requireNonNull(variables.get(variable));
      case Code.IntConstant(int value) -> value;
      case Code.LongConstant(long value) -> value;
      case Code.DoubleConstant(double value) -> value;
      case Code.BooleanConstant(boolean value) -> value;
      case Code.Field(String name, Class<?> _) -> Objects.requireNonNull(fields.get(name), name);
      case Code.Member member -> member(member);
      case Code.Binary(Code.Operator operator, Code left, Code right) ->
          binary(operator, value(left), value(right));
      case Code.Compare(Code.Relation relation, Code left, Code right) ->
          compare(relation, value(left), value(right));
      case Code.And(Code left, Code right) -> (boolean) value(left) && (boolean) value(right);
      case Code.Or(Code left, Code right) -> (boolean) value(left) || (boolean) value(right);
      case Code.Not(Code value) -> !(boolean) value(value);
      case Code.Choose(Code condition, Code then, Code otherwise) ->
          value((boolean) value(condition) ? then : otherwise);
      case Code.Convert(Class<?> type, Code value) -> convert(type, value(value));
      case Code.Downcast(Class<?> type, Code value) -> type.cast(value(value));
      case Code.Element(Code array, Code index) -> Array.get(value(array), (int) value(index));
      case Code.Length(Code array) -> Array.getLength(value(array));
      case Code.StaticCall _, Code.VirtualCall _, Code.OwnCall _ ->
          Objects.requireNonNull(call(code));
    };
  }

  private Object member(Code.Member member) {
    try {
      return member.owner().getField(member.name()).get(value(member.object()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no field " + member.owner() + "." + member.name(), e);
    }
  }

  private @Nullable Object call(Code code) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      return switch (code) {
        case Code.StaticCall call -> {
          MethodType type = MethodType.methodType(call.type(), call.parameters());
          MethodHandle handle = lookup.findStatic(call.owner(), call.name(), type);
          yield handle.invokeWithArguments(values(call.arguments()));
        }
        case Code.VirtualCall call -> {
          MethodType type = MethodType.methodType(call.type(), call.parameters());
          MethodHandle handle = lookup.findVirtual(call.owner(), call.name(), type);
          List<Object> arguments = new ArrayList<>();
          arguments.add(value(call.target()));
          arguments.addAll(values(call.arguments()));
          yield handle.invokeWithArguments(arguments);
        }
        default -> throw new IllegalStateException("not a call: " + code);
      };
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot call " + code, e);
    }
  }

  private List<Object> values(List<Code> arguments) {
    List<Object> values = new ArrayList<>();
    for (Code argument : arguments) {
      values.add(value(argument));
    }
    return values;
  }

  private static Object convert(Class<?> type, Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    Number number = (Number) value;
    if (type == boolean.class) {
      return number.intValue() != 0;
    }
    if (type == int.class) {
      return number instanceof Double ? (Object) (int) number.doubleValue() : number.intValue();
    }
    if (type == long.class) {
      return number instanceof Double ? (Object) (long) number.doubleValue() : number.longValue();
    }
    return number.doubleValue();
  }

  private static Object binary(Code.Operator operator, Object left, Object right) {
    if (left instanceof Boolean flag) {
      boolean other = (boolean) right;
      return switch (operator) {
        case AND -> flag & other;
        case OR -> flag | other;
        case XOR -> flag ^ other;
        default -> throw new IllegalStateException("boolean " + operator);
      };
    }
    if (left instanceof Double number) {
      double other = (double) right;
      return switch (operator) {
        case ADD -> number + other;
        case SUBTRACT -> number - other;
        case MULTIPLY -> number * other;
        default -> throw new IllegalStateException("double " + operator);
      };
    }
    long a = ((Number) left).longValue();
    long b = ((Number) right).longValue();
    boolean narrow = left instanceof Integer;
    long result =
        switch (operator) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case AND -> a & b;
          case OR -> a | b;
          case XOR -> a ^ b;
          case SHIFT_LEFT -> narrow ? (int) a << (int) b : a << b;
          case SHIFT_RIGHT -> narrow ? (int) a >> (int) b : a >> b;
          case SHIFT_RIGHT_UNSIGNED -> narrow ? (int) a >>> (int) b : a >>> b;
        };
    return narrow ? (Object) (int) result : result;
  }

  private static boolean compare(Code.Relation relation, Object left, Object right) {
    if (left instanceof Boolean) {
      return left.equals(right) == (relation == Code.Relation.EQUAL);
    }
    if (left instanceof Double number) {
      double other = (double) right;
      return switch (relation) {
        case EQUAL -> number == other;
        case NOT_EQUAL -> number != other;
        case LESS -> number < other;
        case LESS_OR_EQUAL -> number <= other;
        case GREATER -> number > other;
        case GREATER_OR_EQUAL -> number >= other;
      };
    }
    int order = Long.compare(((Number) left).longValue(), ((Number) right).longValue());
    return switch (relation) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
