package io.redward.leader.catalog;

/// A schema of a database.
public record Schema(int oid, int databaseOid, String name, int owner, AccessList access)
    implements OwnedObject {}
