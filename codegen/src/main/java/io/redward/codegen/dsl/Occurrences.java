package io.redward.codegen.dsl;

import io.redward.codegen.dsl.Statement.Label;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Where a piece of code touches variables and labels: what must be known to move it elsewhere.
final class Occurrences {
  private final Map<Variable, Integer> counts = new LinkedHashMap<>();
  private final Set<Variable> assigned = new LinkedHashSet<>();
  private final Set<Label> inside = new HashSet<>();
  private final Set<Label> targets = new LinkedHashSet<>();
  private boolean returns;

  private Occurrences() {}

  static Occurrences of(Statement statement) {
    Occurrences occurrences = new Occurrences();
    occurrences.statement(statement);
    return occurrences;
  }

  /// How often each variable is read or set.
  Map<Variable, Integer> counts() {
    return counts;
  }

  /// The variables that are set.
  Set<Variable> assigned() {
    return assigned;
  }

  /// The variables that are read and never set.
  Set<Variable> taken() {
    Set<Variable> taken = new LinkedHashSet<>(counts.keySet());
    taken.removeAll(assigned);
    return taken;
  }

  /// The labels of blocks around the piece that it leaves by a break.
  Set<Label> exits() {
    Set<Label> exits = new LinkedHashSet<>(targets);
    exits.removeAll(inside);
    return exits;
  }

  boolean returns() {
    return returns;
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.Block block -> block.statements().forEach(this::statement);
      case Statement.Assign(Variable variable, Code value) -> {
        code(value);
        counts.merge(variable, 1, Integer::sum);
        assigned.add(variable);
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
      case Statement.If(Code condition, Statement.Block then, Statement.Block otherwise) -> {
        code(condition);
        statement(then);
        statement(otherwise);
      }
      case Statement.While(Code condition, Statement.Block body) -> {
        code(condition);
        statement(body);
      }
      case Statement.Labeled(Label label, Statement.Block body) -> {
        inside.add(label);
        statement(body);
      }
      case Statement.Attempt(Statement.Block body, Statement.Block otherwise) -> {
        statement(body);
        statement(otherwise);
      }
      case Statement.Break(Label label) -> targets.add(label);
      case Statement.Return(Code value) -> {
        code(value);
        returns = true;
      }
      case Statement.Region(String _, Statement.Block body) -> statement(body);
      case Statement.Note _ -> {}
    }
  }

  private void code(Code code) {
    if (code instanceof Code.Read(Variable variable)) {
      counts.merge(variable, 1, Integer::sum);
      return;
    }
    Rewriter.parts(code).forEach(this::code);
  }
}
