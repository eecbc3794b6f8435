package io.redward.codegen.dsl;

import io.redward.codegen.dsl.Code.Compare;
import io.redward.codegen.dsl.Code.Field;
import io.redward.codegen.dsl.Statement.Block;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Prints generated classes as Java that a person can read.
public final class CodePrinter {
  private final StringBuilder out = new StringBuilder();
  private final Set<Variable> declared = new HashSet<>();
  private final Map<Statement, Integer> lines = new IdentityHashMap<>();
  private int depth;
  private int line = 1;

  private CodePrinter() {}

  /// A printed class, and the line of each statement in it, counted from 1.
  public record Printed(String text, Map<Statement, Integer> lines) {}

  public static Printed print(GeneratedClass generated) {
    CodePrinter printer = new CodePrinter();
    printer.line("class " + generated.name() + " {");
    printer.depth++;
    for (Field field : generated.fields()) {
      printer.line(field.type().getSimpleName() + " " + field.name() + ";");
    }
    for (Field field : generated.shared()) {
      printer.line("private " + field.type().getSimpleName() + " " + field.name() + ";");
    }
    for (GeneratedMethod method : generated.methods()) {
      printer.line("");
      printer.method(method);
    }
    printer.depth--;
    printer.line("}");
    return new Printed(printer.out.toString(), printer.lines);
  }

  /// A block alone.
  public static String print(Block block) {
    CodePrinter printer = new CodePrinter();
    block.statements().forEach(printer::statement);
    return printer.out.toString();
  }

  public static String print(Code code) {
    return new CodePrinter().text(code);
  }

  private void method(GeneratedMethod method) {
    declared.addAll(method.parameters());
    String parameters =
        method.parameters().stream()
            .map(parameter -> parameter.type().getSimpleName() + " " + parameter.name())
            .collect(Collectors.joining(", "));
    line(method.type().getSimpleName() + " " + method.name() + "(" + parameters + ") {");
    body(method.body());
    line("}");
  }

  private void body(Block block) {
    depth++;
    block.statements().forEach(this::statement);
    depth--;
  }

  private void statement(Statement statement) {
    lines.put(statement, line);
    switch (statement) {
      case Block block -> block.statements().forEach(this::statement);
      case Statement.Assign(Variable variable, Code value) -> {
        String type = declared.add(variable) ? variable.type().getSimpleName() + " " : "";
        line(type + variable.name() + " = " + text(value) + ";");
      }
      case Statement.SetField(String name, Class<?> _, Code value) ->
          line("this." + name + " = " + text(value) + ";");
      case Statement.SetMember member ->
          line(text(member.object()) + "." + member.name() + " = " + text(member.value()) + ";");
      case Statement.SetElement(Code array, Code index, Code value) ->
          line(text(array) + "[" + text(index) + "] = " + text(value) + ";");
      case Statement.Run(Code call) -> line(text(call) + ";");
      case Statement.If choice -> choice(choice);
      case Statement.While(Code condition, Block body) -> {
        line("while (" + text(condition) + ") {");
        body(body);
        line("}");
      }
      case Statement.Labeled(Statement.Label label, Block body) -> {
        line(label + ": {");
        body(body);
        line("}");
      }
      case Statement.Attempt(Block body, Block otherwise) -> {
        line("try {");
        body(body);
        line("} catch (SqlException e) {");
        body(otherwise);
        line("}");
      }
      case Statement.Break(Statement.Label label) -> line("break " + label + ";");
      case Statement.Return(Code value) -> line("return " + text(value) + ";");
      case Statement.Region(String _, Block body) -> statement(body);
      case Statement.Note(String text) -> line("// " + text);
    }
  }

  private void choice(Statement.If choice) {
    line("if (" + text(choice.condition()) + ") {");
    body(choice.then());
    if (!choice.otherwise().isEmpty()) {
      line("} else {");
      body(choice.otherwise());
    }
    line("}");
  }

  private String text(Code code) {
    return switch (code) {
      case Code.Read(Variable variable) -> variable.name();
      case Code.IntConstant(int value) -> Integer.toString(value);
      case Code.LongConstant(long value) -> value + "L";
      case Code.DoubleConstant(double value) -> Double.toString(value);
      case Code.BooleanConstant(boolean value) -> Boolean.toString(value);
      case Field(String name, Class<?> _) -> name;
      case Code.Member member -> inner(member.object()) + "." + member.name();
      case Code.Binary(Code.Operator operator, Code left, Code right) ->
          inner(left) + " " + operator.symbol() + " " + inner(right);
      case Compare(Code.Relation relation, Code left, Code right) ->
          inner(left) + " " + relation.symbol() + " " + inner(right);
      case Code.And(Code left, Code right) -> term(left) + " && " + term(right);
      case Code.Or(Code left, Code right) -> inner(left) + " || " + inner(right);
      case Code.Not(Code value) -> "!" + inner(value);
      case Code.Choose(Code condition, Code then, Code otherwise) ->
          inner(condition) + " ? " + inner(then) + " : " + inner(otherwise);
      case Code.Convert(Class<?> type, Code value) ->
          "(" + type.getSimpleName() + ") " + inner(value);
      case Code.Downcast(Class<?> type, Code value) ->
          "(" + type.getSimpleName() + ") " + inner(value);
      case Code.Element(Code array, Code index) -> inner(array) + "[" + text(index) + "]";
      case Code.Length(Code array) -> inner(array) + ".length";
      case Code.StaticCall call ->
          call.owner().getSimpleName() + "." + call.name() + list(call.arguments());
      case Code.VirtualCall call ->
          inner(call.target()) + "." + call.name() + list(call.arguments());
      case Code.OwnCall(String name, Class<?> _, List<Code> arguments) -> name + list(arguments);
    };
  }

  private String term(Code code) {
    return code instanceof Code.And || code instanceof Compare ? text(code) : inner(code);
  }

  private String list(List<Code> arguments) {
    return arguments.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"));
  }

  private String inner(Code code) {
    return switch (code) {
      case Code.Binary _,
          Compare _,
          Code.And _,
          Code.Or _,
          Code.Choose _,
          Code.Convert _,
          Code.Downcast _ ->
          "(" + text(code) + ")";
      default -> text(code);
    };
  }

  private void line(String text) {
    line++;
    if (!text.isEmpty()) {
      out.append("  ".repeat(depth)).append(text);
    }
    out.append('\n');
  }
}
