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
    Parts.codes(statement).forEach(this::code);
    if (statement instanceof Statement.Assign(Variable variable, Code _)) {
      if (free.contains(variable)) {
        leaks = true;
      } else {
        own.add(variable);
      }
    } else if (statement instanceof Statement.Labeled(Label label, Block _)) {
      labels.add(label);
    } else if (statement instanceof Statement.Break(Label label)) {
      leaks |= !labels.contains(label);
    } else if (statement instanceof Statement.Return) {
      leaks = true;
    }
    Parts.statements(statement).forEach(this::statement);
  }

  private void code(Code code) {
    if (code instanceof Code.Read(Variable variable)) {
      if (!own.contains(variable)) {
        free.add(variable);
      }
      return;
    }
    Parts.of(code).forEach(this::code);
  }
}
