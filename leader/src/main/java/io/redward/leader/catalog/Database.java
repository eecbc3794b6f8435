package io.redward.leader.catalog;

import io.redward.storage.table.Isolation;

/// A database.
///
/// @param isolation of its transactions
/// @param caseInsensitive whether columns of strings compare so unless they say otherwise
public record Database(
    int oid,
    String name,
    int owner,
    AccessList access,
    Isolation isolation,
    boolean caseInsensitive)
    implements OwnedObject {
  public Database withAccess(AccessList access) {
    return new Database(oid, name, owner, access, isolation, caseInsensitive);
  }

  public Database withName(String name) {
    return new Database(oid, name, owner, access, isolation, caseInsensitive);
  }

  public Database withOwner(int owner) {
    return new Database(oid, name, owner, access, isolation, caseInsensitive);
  }

  public Database withIsolation(Isolation isolation) {
    return new Database(oid, name, owner, access, isolation, caseInsensitive);
  }

  public Database withCaseInsensitive(boolean caseInsensitive) {
    return new Database(oid, name, owner, access, isolation, caseInsensitive);
  }
}
