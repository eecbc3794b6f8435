package io.redward.codegen.dsl;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;

/// Emits a generated class as bytes of a class file.
///
/// The class extends `superclass`, has a constructor without arguments, a method `bind(Object[])`
/// that sets its fields from values in order, and its methods.
public final class CodeEmitter {
  private final GeneratedClass generated;
  private final ClassDesc self;
  private final ClassDesc superclass;
  private final Map<Statement, Integer> lines;

  private CodeEmitter(
      GeneratedClass generated, Class<?> superclass, Map<Statement, Integer> lines) {
    this.generated = generated;
    this.lines = lines;
    self = ClassDesc.of(superclass.getPackageName(), generated.name());
    this.superclass = superclass.describeConstable().orElseThrow();
  }

  /// @param lines line numbers of statements in the printed class, for stack traces and profilers
  /// @throws SqlException if the class would exceed the JVM's limits
  public static byte[] emit(
      GeneratedClass generated, Class<?> superclass, Map<Statement, Integer> lines) {
    CodeEmitter emitter = new CodeEmitter(generated, superclass, lines);
    try {
      return ClassFile.of().build(emitter.self, emitter::writeClass);
    } catch (IllegalArgumentException limit) {
      throw new SqlException(
          SqlState.STATEMENT_TOO_COMPLEX,
          "statement too complex: its code exceeds the limits of a class ("
              + limit.getMessage()
              + ")",
          limit);
    }
  }

  private void writeClass(ClassBuilder builder) {
    builder.withSuperclass(superclass);
    builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
    builder.with(SourceFileAttribute.of(generated.name()));
    for (Code.Field field : generated.fields()) {
      builder.withField(field.name(), describe(field.type()), 0);
    }
    for (Code.Field field : generated.shared()) {
      builder.withField(field.name(), describe(field.type()), ClassFile.ACC_PRIVATE);
    }
    builder.withMethodBody(
        ConstantDescs.INIT_NAME,
        ConstantDescs.MTD_void,
        ClassFile.ACC_PUBLIC,
        code ->
            code.aload(0)
                .invokespecial(superclass, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_());
    writeBind(builder);
    for (GeneratedMethod method : generated.methods()) {
      ClassDesc[] parameters =
          method.parameters().stream()
              .map(parameter -> describe(parameter.type()))
              .toArray(ClassDesc[]::new);
      builder.withMethodBody(
          method.name(),
          MethodTypeDesc.of(describe(method.type()), parameters),
          method.exported() ? ClassFile.ACC_PUBLIC : ClassFile.ACC_PRIVATE,
          code -> new MethodEmitter(code, self, lines).write(method));
    }
  }

  /// Several methods where there are many fields: a field takes about a dozen bytes.
  private void writeBind(ClassBuilder builder) {
    MethodTypeDesc type =
        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object.arrayType());
    int portion = 100;
    int portions = (generated.fields().size() + portion - 1) / portion;
    for (int i = 0; i < portions; i++) {
      int from = i * portion;
      int to = Math.min(generated.fields().size(), from + portion);
      builder.withMethodBody(
          "bind" + i, type, ClassFile.ACC_PRIVATE, code -> writeBind(code, from, to));
    }
    builder.withMethodBody(
        "bind",
        type,
        ClassFile.ACC_PUBLIC,
        code -> {
          for (int i = 0; i < portions; i++) {
            code.aload(0).aload(1).invokevirtual(self, "bind" + i, type);
          }
          code.return_();
        });
  }

  private void writeBind(CodeBuilder code, int from, int to) {
    List<Code.Field> fields = generated.fields();
    for (int i = from; i < to; i++) {
      Code.Field field = fields.get(i);
      code.aload(0).aload(1).loadConstant(i).aaload();
      unbox(code, field.type());
      code.putfield(self, field.name(), describe(field.type()));
    }
    code.return_();
  }

  private static void unbox(CodeBuilder code, Class<?> type) {
    ClassDesc described = describe(type);
    if (!type.isPrimitive()) {
      code.checkcast(described);
      return;
    }
    Class<?> box =
        switch (type.getName()) {
          case "boolean" -> Boolean.class;
          case "int" -> Integer.class;
          case "long" -> Long.class;
          default -> Double.class;
        };
    ClassDesc boxed = describe(box);
    code.checkcast(boxed)
        .invokevirtual(boxed, type.getName() + "Value", MethodTypeDesc.of(described));
  }

  static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
