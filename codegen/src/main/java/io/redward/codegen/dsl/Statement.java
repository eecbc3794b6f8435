package io.redward.codegen.dsl;

import java.util.List;

/// A statement of generated code.
public sealed interface Statement {

  /// Statements one after another.
  record Block(List<Statement> statements) implements Statement {
    public static final Block EMPTY = new Block(List.of());

    public Block {
      statements = List.copyOf(statements);
    }

    public boolean isEmpty() {
      return statements.isEmpty();
    }
  }

  /// Sets a local variable; the first time declares it.
  record Assign(Variable variable, Code value) implements Statement {}

  record SetField(String name, Class<?> type, Code value) implements Statement {}

  record SetMember(Code object, Class<?> owner, String name, Class<?> type, Code value)
      implements Statement {}

  record SetElement(Code array, Code index, Code value) implements Statement {}

  /// Runs a call for its effect; a result is dropped.
  record Run(Code call) implements Statement {}

  record If(Code condition, Block then, Block otherwise) implements Statement {}

  record While(Code condition, Block body) implements Statement {}

  /// A block that [Break] leaves.
  record Labeled(Label label, Block body) implements Statement {}

  /// Names a [Labeled].
  final class Label {
    private final String name;

    public Label(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record Break(Label label) implements Statement {}

  /// Runs `body`; should that end in a SQL error, runs `otherwise` instead.
  record Attempt(Block body, Block otherwise) implements Statement {}

  /// Returns from the method with a value.
  record Return(Code value) implements Statement {}

  /// Statements that may become a method of their own, if they set no variable of the outside.
  record Region(String name, Block body) implements Statement {}

  /// A remark in the printed program.
  record Note(String text) implements Statement {}
}
