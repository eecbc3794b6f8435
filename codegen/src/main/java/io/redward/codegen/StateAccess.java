package io.redward.codegen;

import io.redward.codegen.dsl.Code;
import io.redward.codegen.dsl.Variable;
import java.util.Map;
import java.util.TreeMap;

/// Where an aggregation keeps the words of a group's row while rows are added to it.
sealed interface StateAccess {
  Code get(int word);

  void set(int word, Code value, Scope scope);

  /// The row at rest, for states that are updated by calls.
  StoredRow stored();

  /// In the row itself.
  record InRow(StoredRow stored) implements StateAccess {
    @Override
    public Code get(int word) {
      return stored.word(word);
    }

    @Override
    public void set(int word, Code value, Scope scope) {
      stored.setWord(word, value, scope);
    }
  }

  /// In local variables of the loop, read from the only row before it and written back after it.
  final class InLocals implements StateAccess {
    private final StoredRow stored;
    private final Scope before;
    private final Map<Integer, Variable> locals = new TreeMap<>();

    InLocals(StoredRow stored, Scope before) {
      this.stored = stored;
      this.before = before;
    }

    private Variable local(int word) {
      return locals.computeIfAbsent(
          word, w -> before.out().declare(before.plan().name("state" + w), stored.word(w)));
    }

    @Override
    public Code get(int word) {
      return local(word).read();
    }

    @Override
    public void set(int word, Code value, Scope scope) {
      scope.out().assign(local(word), value);
    }

    @Override
    public StoredRow stored() {
      return stored;
    }

    void writeBack(Scope after) {
      locals.forEach((word, variable) -> stored.setWord(word, variable.read(), after));
    }
  }
}
