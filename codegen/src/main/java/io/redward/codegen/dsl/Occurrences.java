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
    Parts.codes(statement).forEach(this::code);
    if (statement instanceof Statement.Assign(Variable variable, Code _)) {
      counts.merge(variable, 1, Integer::sum);
      assigned.add(variable);
    } else if (statement instanceof Statement.Labeled(Label label, Statement.Block _)) {
      inside.add(label);
    } else if (statement instanceof Statement.Break(Label label)) {
      targets.add(label);
    } else if (statement instanceof Statement.Return) {
      returns = true;
    }
    Parts.statements(statement).forEach(this::statement);
  }

  private void code(Code code) {
    if (code instanceof Code.Read(Variable variable)) {
      counts.merge(variable, 1, Integer::sum);
      return;
    }
    Parts.of(code).forEach(this::code);
  }
}
