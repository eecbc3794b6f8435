package io.redward.leader.system;

/// What a statement is, as `sys_query_history` calls it, and the log it belongs to.
public enum StatementType {
  SELECT(Family.QUERY),
  INSERT(Family.QUERY),
  UPDATE(Family.QUERY),
  DELETE(Family.QUERY),
  MERGE(Family.QUERY),
  COPY(Family.QUERY),
  UNLOAD(Family.QUERY),
  CTAS(Family.QUERY),
  DDL(Family.DDL),
  CALL(Family.UTILITY),
  UTILITY(Family.UTILITY);

  private final Family family;

  StatementType(Family family) {
    this.family = family;
  }

  public Family family() {
    return family;
  }

  /// The kinds of `svl_statementtext`.
  public enum Family {
    QUERY,
    DDL,
    UTILITY
  }
}
