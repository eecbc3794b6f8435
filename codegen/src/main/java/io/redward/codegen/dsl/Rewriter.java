package io.redward.codegen.dsl;

import io.redward.codegen.dsl.Statement.Block;
import io.redward.codegen.dsl.Statement.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Copies code with some variables turned into fields and some breaks into returns.
final class Rewriter {
  private final Map<Variable, Code.Field> fields;
  private final Set<String> narrowed;
  private final Map<Label, Integer> returns;

  private Rewriter(
      Map<Variable, Code.Field> fields, Set<String> narrowed, Map<Label, Integer> returns) {
    this.fields = fields;
    this.narrowed = narrowed;
    this.returns = returns;
  }

  /// Puts fields in place of variables.
  ///
  /// @param narrowed own methods that no longer take these variables as parameters
  static Rewriter withFields(Map<Variable, Code.Field> fields, Set<String> narrowed) {
    return new Rewriter(fields, narrowed, Map.of());
  }

  /// Returns a number in place of a break to a label.
  static Rewriter withReturns(Map<Label, Integer> returns) {
    return new Rewriter(Map.of(), Set.of(), returns);
  }

  Block rewrite(Block block) {
    List<Statement> statements = new ArrayList<>();
    for (Statement each : block.statements()) {
      statements.add(rewrite(each));
    }
    return new Block(statements);
  }

  private Statement rewrite(Statement statement) {
    return switch (statement) {
      case Block block -> rewrite(block);
      case Statement.Assign(Variable variable, Code value) -> {
        Code.Field field = fields.get(variable);
        yield field == null
            ? new Statement.Assign(variable, rewrite(value))
            : new Statement.SetField(field.name(), field.type(), rewrite(value));
      }
      case Statement.SetField(String name, Class<?> type, Code value) ->
          new Statement.SetField(name, type, rewrite(value));
      case Statement.SetMember(
              Code object,
              Class<?> owner,
              String name,
              Class<?> type,
              Code value) ->
          new Statement.SetMember(rewrite(object), owner, name, type, rewrite(value));
      case Statement.SetElement(Code array, Code index, Code value) ->
          new Statement.SetElement(rewrite(array), rewrite(index), rewrite(value));
      case Statement.Run(Code call) -> new Statement.Run(rewrite(call));
      case Statement.If(Code condition, Block then, Block otherwise) ->
          new Statement.If(rewrite(condition), rewrite(then), rewrite(otherwise));
      case Statement.While(Code condition, Block body) ->
          new Statement.While(rewrite(condition), rewrite(body));
      case Statement.Labeled(Label label, Block body) ->
          new Statement.Labeled(label, rewrite(body));
      case Statement.Attempt(Block body, Block otherwise) ->
          new Statement.Attempt(rewrite(body), rewrite(otherwise));
      case Statement.Break(Label label) -> {
        Integer number = returns.get(label);
        yield number == null ? statement : new Statement.Return(Code.of(number));
      }
      case Statement.Return(Code value) -> new Statement.Return(rewrite(value));
      case Statement.Region(String name, Block body) -> new Statement.Region(name, rewrite(body));
      case Statement.Note _ -> statement;
    };
  }

  private Code rewrite(Code code) {
    return switch (code) {
      case Code.Read(Variable variable) -> {
        Code.Field field = fields.get(variable);
        yield field == null ? code : field;
      }
      case Code.IntConstant _,
          Code.LongConstant _,
          Code.DoubleConstant _,
          Code.BooleanConstant _,
          Code.Field _ ->
          code;
      case Code.Member(Code object, Class<?> owner, String name, Class<?> type) ->
          new Code.Member(rewrite(object), owner, name, type);
      case Code.Binary(Code.Operator operator, Code left, Code right) ->
          new Code.Binary(operator, rewrite(left), rewrite(right));
      case Code.Compare(Code.Relation relation, Code left, Code right) ->
          new Code.Compare(relation, rewrite(left), rewrite(right));
      case Code.And(Code left, Code right) -> new Code.And(rewrite(left), rewrite(right));
      case Code.Or(Code left, Code right) -> new Code.Or(rewrite(left), rewrite(right));
      case Code.Not(Code value) -> new Code.Not(rewrite(value));
      case Code.Choose(Code condition, Code then, Code otherwise) ->
          new Code.Choose(rewrite(condition), rewrite(then), rewrite(otherwise));
      case Code.Convert(Class<?> type, Code value) -> new Code.Convert(type, rewrite(value));
      case Code.Downcast(Class<?> type, Code value) -> new Code.Downcast(type, rewrite(value));
      case Code.Element(Code array, Code index) -> new Code.Element(rewrite(array), rewrite(index));
      case Code.Length(Code array) -> new Code.Length(rewrite(array));
      case Code.StaticCall(
              Class<?> owner,
              String name,
              List<Class<?>> parameters,
              Class<?> type,
              List<Code> arguments) ->
          new Code.StaticCall(owner, name, parameters, type, rewrite(arguments));
      case Code.VirtualCall(
              Code target,
              Class<?> owner,
              String name,
              List<Class<?>> parameters,
              Class<?> type,
              List<Code> arguments) ->
          new Code.VirtualCall(rewrite(target), owner, name, parameters, type, rewrite(arguments));
      case Code.OwnCall(String name, Class<?> type, List<Code> arguments) ->
          new Code.OwnCall(
              name, type, narrowed.contains(name) ? left(arguments) : rewrite(arguments));
    };
  }

  private List<Code> rewrite(List<Code> codes) {
    return codes.stream().map(this::rewrite).toList();
  }

  private List<Code> left(List<Code> arguments) {
    List<Code> left = new ArrayList<>();
    for (Code argument : arguments) {
      if (!(argument instanceof Code.Read(Variable variable) && fields.containsKey(variable))) {
        left.add(argument);
      }
    }
    return left;
  }
}
