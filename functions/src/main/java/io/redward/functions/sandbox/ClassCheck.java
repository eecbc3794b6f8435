package io.redward.functions.sandbox;

import io.redward.functions.user.BodyException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.Set;

/// Reads a class file and refuses what no function may do, whatever compiler it comes from.
final class ClassCheck {
  /// Exceptions that a function may catch: no error is among them, least of all the one by which
  /// a limit ends it.
  private static final Set<String> CAUGHT =
      Set.of(
          "java/lang/Exception",
          "java/lang/RuntimeException",
          "java/lang/IllegalArgumentException",
          "java/lang/IllegalStateException",
          "java/lang/ArithmeticException",
          "java/lang/NumberFormatException",
          "java/lang/NullPointerException",
          "java/lang/IndexOutOfBoundsException",
          "java/lang/ArrayIndexOutOfBoundsException",
          "java/lang/ClassCastException",
          "java/time/DateTimeException",
          "java/time/format/DateTimeParseException");

  /// Locals and operands of one method: what a level of recursion takes of the stack.
  private static final int MAX_FRAME = 512;

  private int line;

  /// @throws BodyException at the first thing refused
  void check(byte[] classFile) {
    ClassModel model = ClassFile.of().parse(classFile);
    boolean plain =
        model.fields().isEmpty()
            && model.interfaces().isEmpty()
            && model.methods().stream().filter(method -> !Lambdas.isBody(method)).count() == 2
            && model
                .superclass()
                .map(ClassEntry::asInternalName)
                .filter("java/lang/Object"::equals)
                .isPresent();
    if (!plain) {
      throw refused("a member beside the function's own method");
    }
    for (MethodModel method : model.methods()) {
      if (method.flags().has(AccessFlag.STATIC) && !Lambdas.isBody(method)) {
        throw refused("a static method");
      }
      check(method.code().orElseThrow(() -> refused("a native or abstract method")));
    }
  }

  private BodyException refused(String what) {
    int shown = line - JavaSource.LINES_BEFORE;
    return new BodyException(
        what + " cannot be used in a function" + (shown > 0 ? " (line " + shown + ")" : ""), -1);
  }

  private void check(CodeModel code) {
    if (code instanceof CodeAttribute attribute
        && attribute.maxLocals() + attribute.maxStack() > MAX_FRAME) {
      throw refused("so many variables");
    }
    for (CodeElement element : code) {
      check(element);
    }
  }

  private void check(CodeElement element) {
    switch (element) {
      case LineNumber number -> line = number.line();
      case InvokeInstruction call -> call(call);
      case InvokeDynamicInstruction made -> {
        if (!Lambdas.isMade(made)) {
          throw refused("a lambda or method reference like that, or a switch over patterns,");
        }
      }
      case FieldInstruction field -> {
        String owner = field.owner().asInternalName();
        if (field.opcode() != Opcode.GETSTATIC || !AllowedCalls.constants(owner)) {
          throw refused("field " + name(owner) + "." + field.name().stringValue());
        }
      }
      case NewObjectInstruction made -> type(made.className());
      case NewReferenceArrayInstruction made -> type(made.componentType());
      case NewMultiArrayInstruction made -> {
        type(made.arrayType());
        if (made.dimensions() > 2) {
          throw refused("an array of more than two dimensions");
        }
      }
      case TypeCheckInstruction test -> type(test.type());
      case ConstantInstruction.LoadConstantInstruction constant ->
          constant(constant.constantValue());
      case MonitorInstruction _ -> throw refused("a lock");
      case ExceptionCatch handler -> {
        String caught = handler.catchType().map(ClassEntry::asInternalName).orElse("finally");
        if (!CAUGHT.contains(caught)) {
          throw refused("catching " + name(caught));
        }
      }
      default -> {}
    }
  }

  private void call(InvokeInstruction call) {
    String owner = call.owner().asInternalName();
    if (owner.equals(JavaSource.CLASS_NAME)) {
      return;
    }
    String name = call.name().stringValue();
    if (AllowedCalls.rule(owner, name, call.type().stringValue()) == AllowedCalls.Rule.REFUSED) {
      throw refused(
          name.equals("<init>") ? "new " + name(owner) : "method " + name(owner) + "." + name);
    }
  }

  private void constant(ConstantDesc constant) {
    boolean plain =
        constant instanceof String
            || constant instanceof Integer
            || constant instanceof Long
            || constant instanceof Float
            || constant instanceof Double;
    if (!plain) {
      throw refused("a class as a value");
    }
  }

  private void type(ClassEntry entry) {
    ClassDesc type = entry.asSymbol();
    while (type.isArray()) {
      type = type.componentType();
    }
    if (type.isPrimitive() || type.equals(ConstantDescs.CD_Object)) {
      return;
    }
    String name = type.descriptorString();
    String internal = name.substring(1, name.length() - 1);
    if (!AllowedCalls.isClass(internal)) {
      throw refused("class " + name(internal));
    }
  }

  private static String name(String internalName) {
    return internalName.replace('/', '.');
  }
}
