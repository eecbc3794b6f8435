package io.redward.codegen.dsl;

import io.redward.codegen.dsl.Statement.Assign;
import io.redward.codegen.dsl.Statement.Block;
import java.util.ArrayList;
import java.util.List;

/// Collects the statements of a block.
public final class BlockBuilder {
  private final List<Statement> statements = new ArrayList<>();

  public BlockBuilder add(Statement statement) {
    if (!(statement instanceof Block block && block.isEmpty())) {
      statements.add(statement);
    }
    return this;
  }

  /// Declares a variable of the value's type and returns a read of it.
  public Variable declare(String name, Code value) {
    Variable variable = new Variable(name, value.type());
    statements.add(new Assign(variable, value));
    return variable;
  }

  public BlockBuilder assign(Variable variable, Code value) {
    statements.add(new Assign(variable, value));
    return this;
  }

  public BlockBuilder when(Code condition, Block then) {
    return when(condition, then, Block.EMPTY);
  }

  public BlockBuilder when(Code condition, Block then, Block otherwise) {
    if (condition.equals(Code.TRUE)) {
      return add(then);
    }
    if (condition.equals(Code.FALSE)) {
      return add(otherwise);
    }
    if (!then.isEmpty() || !otherwise.isEmpty()) {
      statements.add(new Statement.If(condition, then, otherwise));
    }
    return this;
  }

  public boolean isEmpty() {
    return statements.isEmpty();
  }

  public Block build() {
    return new Block(statements);
  }
}
