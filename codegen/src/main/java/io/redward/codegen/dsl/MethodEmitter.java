package io.redward.codegen.dsl;

import static io.redward.codegen.dsl.CodeEmitter.describe;

import io.redward.codegen.dsl.Statement.Block;
import io.redward.foundation.base.SqlException;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Emits the body of one method. Every variable has a slot of its own.
final class MethodEmitter {
  private final CodeBuilder code;
  private final ClassDesc self;
  private final Map<Statement, Integer> lines;
  private final Map<Variable, Integer> slots = new HashMap<>();
  private final Map<Statement.Label, Label> labels = new HashMap<>();

  MethodEmitter(CodeBuilder code, ClassDesc self, Map<Statement, Integer> lines) {
    this.code = code;
    this.self = self;
    this.lines = lines;
  }

  void write(GeneratedMethod method) {
    for (int i = 0; i < method.parameters().size(); i++) {
      slots.put(method.parameters().get(i), code.parameterSlot(i));
    }
    statement(method.body());
    if (method.type() == void.class) {
      code.return_();
    }
  }

  private void statement(Statement statement) {
    Integer line = statement instanceof Block ? null : lines.get(statement);
    if (line != null) {
      code.lineNumber(line);
    }
    switch (statement) {
      case Block block -> block.statements().forEach(this::statement);
      case Statement.Assign(Variable variable, Code value) -> {
        push(value);
        TypeKind kind = TypeKind.from(variable.type());
        int slot = slots.computeIfAbsent(variable, _ -> code.allocateLocal(kind));
        code.storeLocal(kind, slot);
      }
      case Statement.SetField(String name, Class<?> type, Code value) -> {
        code.aload(0);
        push(value);
        code.putfield(self, name, describe(type));
      }
      case Statement.SetMember member -> {
        push(member.object());
        push(member.value());
        code.putfield(describe(member.owner()), member.name(), describe(member.type()));
      }
      case Statement.SetElement(Code array, Code index, Code value) -> {
        push(array);
        push(index);
        push(value);
        code.arrayStore(TypeKind.from(array.type().componentType()));
      }
      case Statement.Run(Code call) -> {
        push(call);
        if (call.type() == long.class || call.type() == double.class) {
          code.pop2();
        } else if (call.type() != void.class) {
          code.pop();
        }
      }
      case Statement.If choice -> choice(choice);
      case Statement.While(Code condition, Block body) -> {
        Label start = code.newBoundLabel();
        Label end = code.newLabel();
        jump(condition, false, end);
        statement(body);
        code.goto_(start);
        code.labelBinding(end);
      }
      case Statement.Labeled(Statement.Label label, Block body) -> {
        Label end = code.newLabel();
        labels.put(label, end);
        statement(body);
        code.labelBinding(end);
      }
      case Statement.Attempt(Block body, Block otherwise) -> attempt(body, otherwise);
      case Statement.Break(Statement.Label label) -> code.goto_(labels.get(label));
      case Statement.Return(Code value) -> {
        push(value);
        code.return_(TypeKind.from(value.type()));
      }
      case Statement.Region(String _, Block body) -> statement(body);
      case Statement.Note _ -> {}
    }
  }

  private void attempt(Block body, Block otherwise) {
    Label start = code.newBoundLabel();
    statement(body);
    Label stop = code.newBoundLabel();
    Label end = code.newLabel();
    code.goto_(end);
    Label handler = code.newBoundLabel();
    code.pop();
    statement(otherwise);
    code.labelBinding(end);
    code.exceptionCatch(start, stop, handler, describe(SqlException.class));
  }

  private void choice(Statement.If choice) {
    Label otherwise = code.newLabel();
    jump(choice.condition(), false, otherwise);
    statement(choice.then());
    if (choice.otherwise().isEmpty()) {
      code.labelBinding(otherwise);
      return;
    }
    Label end = code.newLabel();
    code.goto_(end);
    code.labelBinding(otherwise);
    statement(choice.otherwise());
    code.labelBinding(end);
  }

  /// Jumps to `target` if the condition has the wanted value, else goes on.
  private void jump(Code condition, boolean wanted, Label target) {
    switch (condition) {
      case Code.BooleanConstant(boolean value) -> {
        if (value == wanted) {
          code.goto_(target);
        }
      }
      case Code.Not(Code value) -> jump(value, !wanted, target);
      case Code.And(Code left, Code right) -> {
        if (wanted) {
          Label end = code.newLabel();
          jump(left, false, end);
          jump(right, true, target);
          code.labelBinding(end);
        } else {
          jump(left, false, target);
          jump(right, false, target);
        }
      }
      case Code.Or(Code left, Code right) -> {
        if (wanted) {
          jump(left, true, target);
          jump(right, true, target);
        } else {
          Label end = code.newLabel();
          jump(left, true, end);
          jump(right, false, target);
          code.labelBinding(end);
        }
      }
      case Code.Compare compare -> jumpCompare(compare, wanted, target);
      default -> {
        push(condition);
        code.branch(wanted ? Opcode.IFNE : Opcode.IFEQ, target);
      }
    }
  }

  private void jumpCompare(Code.Compare compare, boolean wanted, Label target) {
    Class<?> type = compare.left().type();
    Code.Relation relation = compare.relation();
    push(compare.left());
    if (type == int.class || type == boolean.class) {
      if (isZero(compare.right())) {
        code.branch(zeroBranch(wanted ? relation : relation.negated()), target);
        return;
      }
      push(compare.right());
      code.branch(intBranch(wanted ? relation : relation.negated()), target);
      return;
    }
    push(compare.right());
    if (type == long.class) {
      code.lcmp();
    } else if (relation == Code.Relation.LESS || relation == Code.Relation.LESS_OR_EQUAL) {
      code.dcmpg();
    } else {
      code.dcmpl();
    }
    code.branch(zeroBranch(wanted ? relation : relation.negated()), target);
  }

  private static boolean isZero(Code code) {
    return code instanceof Code.IntConstant(int value) && value == 0;
  }

  private static Opcode zeroBranch(Code.Relation relation) {
    return switch (relation) {
      case EQUAL -> Opcode.IFEQ;
      case NOT_EQUAL -> Opcode.IFNE;
      case LESS -> Opcode.IFLT;
      case LESS_OR_EQUAL -> Opcode.IFLE;
      case GREATER -> Opcode.IFGT;
      case GREATER_OR_EQUAL -> Opcode.IFGE;
    };
  }

  private static Opcode intBranch(Code.Relation relation) {
    return switch (relation) {
      case EQUAL -> Opcode.IF_ICMPEQ;
      case NOT_EQUAL -> Opcode.IF_ICMPNE;
      case LESS -> Opcode.IF_ICMPLT;
      case LESS_OR_EQUAL -> Opcode.IF_ICMPLE;
      case GREATER -> Opcode.IF_ICMPGT;
      case GREATER_OR_EQUAL -> Opcode.IF_ICMPGE;
    };
  }

  private void push(Code value) {
    switch (value) {
      case Code.Read(Variable variable) -> {
        Integer slot = slots.get(variable);
        if (slot == null) {
          throw new IllegalStateException("variable " + variable + " is read before it is set");
        }
        code.loadLocal(TypeKind.from(variable.type()), slot);
      }
      case Code.IntConstant(int constant) -> code.loadConstant(constant);
      case Code.LongConstant(long constant) -> code.loadConstant(constant);
      case Code.DoubleConstant(double constant) -> code.loadConstant(constant);
      case Code.BooleanConstant(boolean constant) -> code.loadConstant(constant ? 1 : 0);
      case Code.Field(String name, Class<?> type) ->
          code.aload(0).getfield(self, name, describe(type));
      case Code.Member member -> {
        push(member.object());
        code.getfield(describe(member.owner()), member.name(), describe(member.type()));
      }
      case Code.Binary binary -> binary(binary);
      case Code.Compare _, Code.And _, Code.Or _, Code.Not _ -> condition(value);
      case Code.Choose(Code condition, Code then, Code otherwise) -> {
        Label no = code.newLabel();
        Label end = code.newLabel();
        jump(condition, false, no);
        push(then);
        code.goto_(end);
        code.labelBinding(no);
        push(otherwise);
        code.labelBinding(end);
      }
      case Code.Convert(Class<?> type, Code from) -> convert(type, from);
      case Code.Downcast(Class<?> type, Code from) -> {
        push(from);
        code.checkcast(describe(type));
      }
      case Code.Element(Code array, Code index) -> {
        push(array);
        push(index);
        code.arrayLoad(TypeKind.from(array.type().componentType()));
      }
      case Code.Length(Code array) -> {
        push(array);
        code.arraylength();
      }
      case Code.StaticCall call -> {
        call.arguments().forEach(this::push);
        code.invokestatic(
            describe(call.owner()), call.name(), signature(call.type(), call.parameters()));
      }
      case Code.VirtualCall call -> {
        push(call.target());
        call.arguments().forEach(this::push);
        MethodTypeDesc signature = signature(call.type(), call.parameters());
        if (call.owner().isInterface()) {
          code.invokeinterface(describe(call.owner()), call.name(), signature);
        } else {
          code.invokevirtual(describe(call.owner()), call.name(), signature);
        }
      }
      case Code.OwnCall(String name, Class<?> type, List<Code> arguments) -> {
        code.aload(0);
        arguments.forEach(this::push);
        List<Class<?>> parameters = arguments.stream().<Class<?>>map(Code::type).toList();
        code.invokevirtual(self, name, signature(type, parameters));
      }
    }
  }

  private void condition(Code value) {
    Label no = code.newLabel();
    Label end = code.newLabel();
    jump(value, false, no);
    code.iconst_1().goto_(end).labelBinding(no).iconst_0().labelBinding(end);
  }

  private void binary(Code.Binary binary) {
    push(binary.left());
    push(binary.right());
    TypeKind kind = TypeKind.from(binary.left().type()).asLoadable();
    switch (kind) {
      case INT -> code.with(java.lang.classfile.instruction.OperatorInstruction.of(ints(binary)));
      case LONG -> code.with(java.lang.classfile.instruction.OperatorInstruction.of(longs(binary)));
      case DOUBLE ->
          code.with(java.lang.classfile.instruction.OperatorInstruction.of(doubles(binary)));
      default -> throw new IllegalStateException("no operator on " + kind);
    }
  }

  private static Opcode ints(Code.Binary binary) {
    return switch (binary.operator()) {
      case ADD -> Opcode.IADD;
      case SUBTRACT -> Opcode.ISUB;
      case MULTIPLY -> Opcode.IMUL;
      case AND -> Opcode.IAND;
      case OR -> Opcode.IOR;
      case XOR -> Opcode.IXOR;
      case SHIFT_LEFT -> Opcode.ISHL;
      case SHIFT_RIGHT -> Opcode.ISHR;
      case SHIFT_RIGHT_UNSIGNED -> Opcode.IUSHR;
    };
  }

  private static Opcode longs(Code.Binary binary) {
    return switch (binary.operator()) {
      case ADD -> Opcode.LADD;
      case SUBTRACT -> Opcode.LSUB;
      case MULTIPLY -> Opcode.LMUL;
      case AND -> Opcode.LAND;
      case OR -> Opcode.LOR;
      case XOR -> Opcode.LXOR;
      case SHIFT_LEFT -> Opcode.LSHL;
      case SHIFT_RIGHT -> Opcode.LSHR;
      case SHIFT_RIGHT_UNSIGNED -> Opcode.LUSHR;
    };
  }

  private static Opcode doubles(Code.Binary binary) {
    return switch (binary.operator()) {
      case ADD -> Opcode.DADD;
      case SUBTRACT -> Opcode.DSUB;
      case MULTIPLY -> Opcode.DMUL;
      default -> throw new IllegalStateException("double " + binary.operator());
    };
  }

  private void convert(Class<?> type, Code from) {
    push(from);
    Class<?> source = from.type() == boolean.class ? int.class : from.type();
    Class<?> target = type == boolean.class ? int.class : type;
    if (source == target) {
      return;
    }
    code.conversion(TypeKind.from(source), TypeKind.from(target));
  }

  private static MethodTypeDesc signature(Class<?> type, List<Class<?>> parameters) {
    return MethodTypeDesc.of(
        describe(type), parameters.stream().map(CodeEmitter::describe).toList());
  }
}
