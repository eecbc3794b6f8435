package io.redward.codegen.dsl;

import io.redward.codegen.dsl.Statement.Block;
import io.redward.codegen.dsl.Statement.Label;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// Which variables a block takes from outside, and whether it changes any of them or jumps out.
///
/// A variable counts as the block's own if the block sets it before it reads it; what a block sets
/// and nobody outside reads may well be declared by it.
final class VariableUse {
  private final Set<Variable> own = new HashSet<>();
  private final Set<Variable> free = new LinkedHashSet<>();
  private final Set<Label> labels = new HashSet<>();
  private boolean leaks;

  private VariableUse() {}

  static VariableUse of(Block block) {
    VariableUse use = new VariableUse();
    use.statement(block);
    return use;
  }

  Set<Variable> free() {
    return free;
  }

  boolean leaks() {
    return leaks;
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Block block -> block.statements().forEach(this::statement);
      case Statement.Assign(Variable variable, Code value) -> {
        code(value);
        if (free.contains(variable)) {
          leaks = true;
        } else {
          own.add(variable);
        }
      }
      case Statement.SetField(String _, Class<?> _, Code value) -> code(value);
      case Statement.SetMember member -> {
        code(member.object());
        code(member.value());
      }
      case Statement.SetElement(Code array, Code index, Code value) -> {
        code(array);
        code(index);
        code(value);
      }
      case Statement.Run(Code call) -> code(call);
      case Statement.If(Code condition, Block then, Block otherwise) -> {
        code(condition);
        statement(then);
        statement(otherwise);
      }
      case Statement.While(Code condition, Block body) -> {
        code(condition);
        statement(body);
      }
      case Statement.Labeled(Label label, Block body) -> {
        labels.add(label);
        statement(body);
      }
      case Statement.Attempt(Block body, Block otherwise) -> {
        statement(body);
        statement(otherwise);
      }
      case Statement.Break(Label label) -> leaks |= !labels.contains(label);
      case Statement.Return _ -> leaks = true;
      case Statement.Region(String _, Block body) -> statement(body);
      case Statement.Note _ -> {}
    }
  }

  private void code(Code code) {
    switch (code) {
      case Code.Read(Variable variable) -> {
        if (!own.contains(variable)) {
          free.add(variable);
        }
      }
      case Code.IntConstant _,
          Code.LongConstant _,
          Code.DoubleConstant _,
          Code.BooleanConstant _,
          Code.Field _ -> {}
      case Code.Member member -> code(member.object());
      case Code.Binary(Code.Operator _, Code left, Code right) -> both(left, right);
      case Code.Compare(Code.Relation _, Code left, Code right) -> both(left, right);
      case Code.And(Code left, Code right) -> both(left, right);
      case Code.Or(Code left, Code right) -> both(left, right);
      case Code.Not(Code value) -> code(value);
      case Code.Choose(Code condition, Code then, Code otherwise) -> {
        code(condition);
        both(then, otherwise);
      }
      case Code.Convert(Class<?> _, Code value) -> code(value);
      case Code.Downcast(Class<?> _, Code value) -> code(value);
      case Code.Element(Code array, Code index) -> both(array, index);
      case Code.Length(Code array) -> code(array);
      case Code.StaticCall call -> call.arguments().forEach(this::code);
      case Code.VirtualCall call -> {
        code(call.target());
        call.arguments().forEach(this::code);
      }
      case Code.OwnCall call -> call.arguments().forEach(this::code);
    }
  }

  private void both(Code left, Code right) {
    code(left);
    code(right);
  }
}
