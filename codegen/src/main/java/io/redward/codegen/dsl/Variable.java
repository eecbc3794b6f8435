package io.redward.codegen.dsl;

/// A local variable; two variables may share a name, but not an object.
public final class Variable {
  private final String name;
  private final Class<?> type;

  public Variable(String name, Class<?> type) {
    this.name = name;
    this.type = type;
  }

  public String name() {
    return name;
  }

  public Class<?> type() {
    return type;
  }

  public Code read() {
    return new Code.Read(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
