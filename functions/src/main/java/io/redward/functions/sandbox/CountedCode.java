package io.redward.functions.sandbox;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Adds counting to a method: where it begins and ends, where it may go back, where an exception is
/// caught, where it allocates, and around calls into the library.
final class CountedCode implements CodeTransform {
  private static final ClassDesc CODE = Instrumentation.CODE;
  private static final ClassDesc GUARDS = ClassDesc.of(Guards.class.getName());
  private static final ClassDesc COLLECTIONS = ClassDesc.of(CollectionGuards.class.getName());
  private static final ClassDesc STREAMS = ClassDesc.of(StreamGuards.class.getName());
  private static final ClassDesc COLLECTORS = ClassDesc.of(CollectorGuards.class.getName());
  private static final ClassDesc ORDERS = ClassDesc.of(OrderGuards.class.getName());
  private static final ClassDesc LIST = ClassDesc.of("java.util.ArrayList");
  private static final ClassDesc MAP = ClassDesc.of("java.util.Map");
  private static final ClassDesc TEXT = ClassDesc.of("java.lang.CharSequence");
  private static final ClassDesc DECIMAL = ClassDesc.of("java.math.BigDecimal");
  private static final MethodTypeDesc DEPTH =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

  private final int depthSlot;

  /// The local that holds the [JavaCode]: a lambda's own method may have no `this`.
  private final int codeSlot;

  private final boolean shared;
  private final Set<Label> handlers = new HashSet<>();

  /// The methods referred to, and those that call them.
  private final Map<DirectMethodHandleDesc, String> references;

  /// @param shared whether the method is static
  CountedCode(int locals, boolean shared, Map<DirectMethodHandleDesc, String> references) {
    this.references = references;
    this.depthSlot = locals;
    this.shared = shared;
    this.codeSlot = shared ? locals + 1 : 0;
  }

  @Override
  public void atStart(CodeBuilder out) {
    if (shared) {
      out.invokestatic(CODE, "current", MethodTypeDesc.of(CODE)).astore(codeSlot);
    }
    out.aload(codeSlot)
        .invokevirtual(CODE, "enter", MethodTypeDesc.of(ConstantDescs.CD_int))
        .istore(depthSlot);
  }

  @Override
  public void accept(CodeBuilder out, CodeElement element) {
    switch (element) {
      case ExceptionCatch handler -> {
        handlers.add(handler.handler());
        out.with(handler);
      }
      case LabelTarget target -> {
        out.with(target);
        tick(out);
        if (handlers.contains(target.label())) {
          depth(out, 0);
        }
      }
      case ReturnInstruction end -> {
        depth(out, 1);
        out.with(end);
      }
      case NewPrimitiveArrayInstruction array -> {
        int size = Instrumentation.size(array.typeKind().upperBound());
        charge(out, "array", 1, size);
        out.with(array);
      }
      case NewReferenceArrayInstruction array -> {
        charge(out, "array", 1, 8);
        out.with(array);
      }
      case NewMultiArrayInstruction array -> {
        ClassDesc inner = array.arrayType().asSymbol().componentType().componentType();
        charge(
            out,
            array.dimensions() == 1 ? "array" : "grid",
            array.dimensions(),
            Instrumentation.size(inner));
        out.with(array);
      }
      case InvokeInstruction call -> call(out, call);
      case InvokeDynamicInstruction made -> made(out, made);
      default -> out.with(element);
    }
  }

  /// Lambdas stay as they are; a reference becomes one to the method added for it.
  private void made(CodeBuilder out, InvokeDynamicInstruction made) {
    List<ConstantDesc> arguments = new ArrayList<>(made.bootstrapArgs());
    Lambdas.reference(made)
        .ifPresent(
            to ->
                arguments.set(
                    1,
                    MethodHandleDesc.ofMethod(
                        DirectMethodHandleDesc.Kind.STATIC,
                        Instrumentation.BODY,
                        references.get(to),
                        to.invocationType())));
    out.invokedynamic(
        DynamicCallSiteDesc.of(
            made.bootstrapMethod(),
            made.name().stringValue(),
            made.typeSymbol(),
            arguments.toArray(ConstantDesc[]::new)));
  }

  private void tick(CodeBuilder out) {
    out.aload(codeSlot).invokevirtual(CODE, "tick", ConstantDescs.MTD_void);
  }

  private void depth(CodeBuilder out, int less) {
    out.aload(codeSlot).iload(depthSlot);
    if (less > 0) {
      out.loadConstant(less).isub();
    }
    out.invokevirtual(CODE, "depth", DEPTH);
  }

  /// The counts on the operand stack stay there.
  private void charge(CodeBuilder out, String method, int counts, int size) {
    if (counts == 1) {
      out.dup();
    } else {
      out.dup2();
    }
    ClassDesc number = ConstantDescs.CD_int;
    out.loadConstant(size)
        .aload(codeSlot)
        .invokestatic(
            GUARDS,
            method,
            counts == 1
                ? MethodTypeDesc.of(ConstantDescs.CD_void, number, number, CODE)
                : MethodTypeDesc.of(ConstantDescs.CD_void, number, number, number, CODE));
  }

  private void call(CodeBuilder out, InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    MethodTypeDesc type = call.typeSymbol();
    if (owner.equals(JavaSource.CLASS_NAME)) {
      out.invokevirtual(Instrumentation.BODY, Instrumentation.METHOD, type);
      return;
    }
    switch (AllowedCalls.rule(owner, name, call.type().stringValue())) {
      case FREE -> out.with(call);
      case COUNTED -> {
        String count = owner.startsWith("java/util/stream/") ? "stage" : "libraryCall";
        out.aload(codeSlot).invokevirtual(CODE, count, ConstantDescs.MTD_void);
        counted(out, call, name, type);
      }
      case GUARDED -> {
        MethodTypeDesc guard = type.insertParameterTypes(type.parameterCount(), CODE);
        if (call.opcode() != Opcode.INVOKESTATIC) {
          String receiver = AllowedCalls.receiver(owner, name, call.type().stringValue());
          guard = guard.insertParameterTypes(0, ClassDesc.ofInternalName(receiver));
        }
        out.aload(codeSlot).invokestatic(guards(owner, name), name, guard);
        made(out, type.returnType());
      }
      case REFUSED -> throw new IllegalStateException("an unchecked call of " + owner + "." + name);
    }
  }

  private static ClassDesc guards(String owner, String name) {
    if (owner.equals("java/util/stream/Collectors")) {
      return COLLECTORS;
    }
    if (owner.startsWith("java/util/stream/") || name.equals("stream") || name.equals("chars")) {
      return STREAMS;
    }
    if (owner.equals("java/util/Comparator")
        || owner.equals("java/util/Map$Entry")
        || owner.startsWith("java/util/function/")) {
      return ORDERS;
    }
    boolean objects = owner.equals("java/lang/Object");
    boolean collections = owner.startsWith("java/util/") && !owner.equals("java/util/Objects");
    return objects || collections ? COLLECTIONS : GUARDS;
  }

  private void counted(CodeBuilder out, InvokeInstruction call, String name, MethodTypeDesc type) {
    ClassDesc owner = call.owner().asSymbol();
    boolean constructor = name.equals(ConstantDescs.INIT_NAME);
    if (constructor
        && owner.equals(DECIMAL)
        && type.parameterType(0).equals(ConstantDescs.CD_String)) {
      out.dup();
      out.aload(codeSlot)
          .invokestatic(
              GUARDS,
              "number",
              MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String, CODE));
    }
    if (constructor && call.owner().asInternalName().startsWith("java/util/")) {
      filled(out, owner, type);
    }
    out.with(call);
    made(out, constructor ? owner : type.returnType());
  }

  /// A collection is about to be made of another, or with room.
  private void filled(CodeBuilder out, ClassDesc owner, MethodTypeDesc type) {
    if (type.parameterCount() != 1 || type.parameterType(0).equals(TEXT)) {
      return;
    }
    ClassDesc from = type.parameterType(0);
    String guard =
        from.isPrimitive()
            ? "room"
            : from.equals(MAP) || owner.equals(LIST) ? "copied" : "distinct";
    out.dup();
    out.aload(codeSlot)
        .invokestatic(COLLECTIONS, guard, MethodTypeDesc.of(ConstantDescs.CD_void, from, CODE));
  }

  /// What a call has put on the operand stack is charged for.
  private void made(CodeBuilder out, ClassDesc type) {
    if (type.isPrimitive()) {
      return;
    }
    String text = type.descriptorString();
    boolean known =
        text.equals("[C")
            || text.equals("[B")
            || type.equals(DECIMAL)
            || type.equals(ConstantDescs.CD_String);
    ClassDesc as = known ? type : ConstantDescs.CD_Object;
    if (type.equals(ClassDesc.of("java.lang.StringBuilder"))) {
      return;
    }
    out.dup();
    out.aload(codeSlot)
        .invokestatic(GUARDS, "made", MethodTypeDesc.of(ConstantDescs.CD_void, as, CODE));
  }
}
