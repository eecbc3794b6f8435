package io.redward.functions.sandbox;

import io.redward.functions.user.UserFunction;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a checked class anew: it extends [JavaCode], counts what it uses, and has the method that
/// hands arguments over and takes the answer.
final class Instrumentation {
  static final ClassDesc BODY = ClassDesc.of(JavaSource.CLASS_NAME);
  static final ClassDesc CODE = ClassDesc.of(JavaCode.class.getName());

  /// What the function's method is called once its class has inherited other names.
  static final String METHOD = "body";

  private final UserFunction function;

  Instrumentation(UserFunction function) {
    this.function = function;
  }

  byte[] rewrite(byte[] classFile) {
    ClassHierarchyResolver known =
        ClassHierarchyResolver.of(List.of(), Map.of(BODY, CODE, CODE, ConstantDescs.CD_Object));
    ClassFile out =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                known.orElse(ClassHierarchyResolver.defaultResolver())));
    ClassModel model = ClassFile.of().parse(classFile);
    return out.build(BODY, builder -> write(model, builder));
  }

  private void write(ClassModel model, ClassBuilder builder) {
    Map<DirectMethodHandleDesc, String> references = references(model);
    boolean lambdas = !references.isEmpty() || model.methods().stream().anyMatch(Lambdas::isBody);
    references.forEach((method, name) -> reference(builder, method, name));
    builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL).withSuperclass(CODE);
    for (MethodModel method : model.methods()) {
      if (Lambdas.isBody(method)) {
        lambda(builder, method, references);
      } else if (method.methodName().equalsString(ConstantDescs.INIT_NAME)) {
        builder.withMethodBody(
            ConstantDescs.INIT_NAME,
            ConstantDescs.MTD_void,
            ClassFile.ACC_PUBLIC,
            code ->
                code.aload(0)
                    .invokespecial(CODE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                    .return_());
      } else {
        MethodTypeDesc type = method.methodTypeSymbol();
        CodeAttribute body = (CodeAttribute) method.code().orElseThrow();
        builder.withMethod(
            METHOD,
            type,
            ClassFile.ACC_FINAL,
            m -> m.transformCode(body, new CountedCode(body.maxLocals(), false, references)));
        builder.withMethodBody(
            "call",
            ConstantDescs.MTD_void,
            ClassFile.ACC_PROTECTED | ClassFile.ACC_FINAL,
            code -> adapter(code, type, lambdas));
      }
    }
  }

  /// A lambda's method stays what it is but for the counting.
  private static void lambda(
      ClassBuilder builder, MethodModel method, Map<DirectMethodHandleDesc, String> references) {
    CodeAttribute body = (CodeAttribute) method.code().orElseThrow();
    boolean shared = method.flags().has(AccessFlag.STATIC);
    builder.withMethod(
        method.methodName(),
        method.methodType(),
        method.flags().flagsMask(),
        m -> m.transformCode(body, new CountedCode(body.maxLocals(), shared, references)));
  }

  /// The methods that the class refers to, each with the name of the one that will call it.
  private static Map<DirectMethodHandleDesc, String> references(ClassModel model) {
    Map<DirectMethodHandleDesc, String> found = new LinkedHashMap<>();
    for (MethodModel method : model.methods()) {
      for (CodeElement element : method.code().orElseThrow()) {
        if (element instanceof InvokeDynamicInstruction made) {
          Lambdas.reference(made)
              .ifPresent(to -> found.computeIfAbsent(to, _ -> Lambdas.added(found.size())));
        }
      }
    }
    return found;
  }

  /// A method that calls the one referred to as the function's own code would.
  private static void reference(ClassBuilder builder, DirectMethodHandleDesc to, String name) {
    MethodTypeDesc type = to.invocationType();
    int locals = type.parameterList().stream().mapToInt(p -> TypeKind.from(p).slotSize()).sum();
    builder.withMethodBody(
        name,
        type,
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code ->
            code.transforming(
                new CountedCode(locals, true, Map.of()), inner -> call(inner, to, type)));
  }

  private static void call(CodeBuilder code, DirectMethodHandleDesc to, MethodTypeDesc type) {
    boolean constructor = to.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
    if (constructor) {
      code.new_(to.owner()).dup();
    }
    int slot = 0;
    for (ClassDesc parameter : type.parameterList()) {
      TypeKind kind = TypeKind.from(parameter);
      code.loadLocal(kind, slot);
      slot += kind.slotSize();
    }
    Opcode opcode =
        switch (to.kind()) {
          case STATIC, INTERFACE_STATIC -> Opcode.INVOKESTATIC;
          case INTERFACE_VIRTUAL -> Opcode.INVOKEINTERFACE;
          case CONSTRUCTOR -> Opcode.INVOKESPECIAL;
          default -> Opcode.INVOKEVIRTUAL;
        };
    code.invoke(
            opcode,
            to.owner(),
            to.methodName(),
            MethodTypeDesc.ofDescriptor(to.lookupDescriptor()),
            to.isOwnerInterface())
        .return_(TypeKind.from(type.returnType()));
  }

  private void adapter(CodeBuilder code, MethodTypeDesc type, boolean lambdas) {
    if (lambdas) {
      code.aload(0).invokevirtual(CODE, "share", ConstantDescs.MTD_void);
    }
    code.aload(0).invokevirtual(CODE, "begin", ConstantDescs.MTD_void);
    code.aload(0).aload(0);
    for (int i = 0; i < function.arguments().size(); i++) {
      JavaType argument = JavaSource.type(function.arguments().get(i));
      ClassDesc wanted = type.parameterType(i);
      MethodTypeDesc reader = MethodTypeDesc.of(argument.plain(), ConstantDescs.CD_int);
      if (function.skipsNulls()) {
        code.aload(0).loadConstant(i).invokevirtual(CODE, argument.reader(), reader);
      } else {
        nullable(code, i, argument, wanted);
      }
    }
    code.invokevirtual(BODY, METHOD, type);
    MethodTypeDesc answer = MethodTypeDesc.of(ConstantDescs.CD_void, type.returnType());
    code.invokevirtual(CODE, "answer", answer).return_();
  }

  private static void nullable(CodeBuilder code, int index, JavaType argument, ClassDesc wanted) {
    code.aload(0)
        .loadConstant(index)
        .invokevirtual(
            CODE, "absent", MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_int));
    code.ifThenElse(
        absent -> absent.aconst_null().checkcast(wanted),
        present -> {
          present
              .aload(0)
              .loadConstant(index)
              .invokevirtual(
                  CODE,
                  argument.reader(),
                  MethodTypeDesc.of(argument.plain(), ConstantDescs.CD_int));
          if (argument.plain().isPrimitive()) {
            present.invokestatic(wanted, "valueOf", MethodTypeDesc.of(wanted, argument.plain()));
          }
        });
  }

  /// Bytes of an element of an array.
  static int size(ClassDesc element) {
    return switch (TypeKind.from(element)) {
      case BOOLEAN, BYTE -> 1;
      case CHAR, SHORT -> 2;
      case INT, FLOAT -> 4;
      default -> 8;
    };
  }
}
