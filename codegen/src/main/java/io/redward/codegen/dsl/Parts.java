package io.redward.codegen.dsl;

import io.redward.codegen.dsl.Statement.Block;
import java.util.ArrayList;
import java.util.List;

/// What code and statements directly consist of, in the order of execution.
final class Parts {
  private Parts() {}

  static List<Code> of(Code code) {
    return switch (code) {
      case Code.Read _,
          Code.IntConstant _,
          Code.LongConstant _,
          Code.DoubleConstant _,
          Code.BooleanConstant _,
          Code.Field _ ->
          List.of();
      case Code.Member member -> List.of(member.object());
      case Code.Binary(Code.Operator _, Code left, Code right) -> List.of(left, right);
      case Code.Compare(Code.Relation _, Code left, Code right) -> List.of(left, right);
      case Code.And(Code left, Code right) -> List.of(left, right);
      case Code.Or(Code left, Code right) -> List.of(left, right);
      case Code.Not(Code value) -> List.of(value);
      case Code.Choose(Code condition, Code then, Code otherwise) ->
          List.of(condition, then, otherwise);
      case Code.Convert(Class<?> _, Code value) -> List.of(value);
      case Code.Downcast(Class<?> _, Code value) -> List.of(value);
      case Code.Element(Code array, Code index) -> List.of(array, index);
      case Code.Length(Code array) -> List.of(array);
      case Code.StaticCall call -> call.arguments();
      case Code.VirtualCall call -> {
        List<Code> parts = new ArrayList<>();
        parts.add(call.target());
        parts.addAll(call.arguments());
        yield parts;
      }
      case Code.OwnCall call -> call.arguments();
    };
  }

  /// The expressions of a statement itself, without those of statements within it.
  static List<Code> codes(Statement statement) {
    return switch (statement) {
      case Statement.Assign(Variable _, Code value) -> List.of(value);
      case Statement.SetField(String _, Class<?> _, Code value) -> List.of(value);
      case Statement.SetMember member -> List.of(member.object(), member.value());
      case Statement.SetElement(Code array, Code index, Code value) -> List.of(array, index, value);
      case Statement.Run(Code call) -> List.of(call);
      case Statement.If(Code condition, Block _, Block _) -> List.of(condition);
      case Statement.While(Code condition, Block _) -> List.of(condition);
      case Statement.Return(Code value) -> List.of(value);
      case Block _,
          Statement.Labeled _,
          Statement.Attempt _,
          Statement.Break _,
          Statement.Region _,
          Statement.Note _ ->
          List.of();
    };
  }

  static List<Statement> statements(Statement statement) {
    return switch (statement) {
      case Block block -> block.statements();
      case Statement.If(Code _, Block then, Block otherwise) -> List.of(then, otherwise);
      case Statement.While(Code _, Block body) -> List.of(body);
      case Statement.Labeled(Statement.Label _, Block body) -> List.of(body);
      case Statement.Attempt(Block body, Block otherwise) -> List.of(body, otherwise);
      case Statement.Region(String _, Block body) -> List.of(body);
      case Statement.Assign _,
          Statement.SetField _,
          Statement.SetMember _,
          Statement.SetElement _,
          Statement.Run _,
          Statement.Break _,
          Statement.Return _,
          Statement.Note _ ->
          List.of();
    };
  }
}
