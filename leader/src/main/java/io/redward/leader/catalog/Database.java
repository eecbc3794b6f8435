package io.redward.leader.catalog;

/// A database.
public record Database(int oid, String name, int owner, AccessList access) implements OwnedObject {}
