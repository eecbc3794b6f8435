package io.redward.leader.catalog;

/// An object that has an owner and privileges granted on it.
public sealed interface OwnedObject extends CatalogObject
    permits Database, Schema, TableDefinition, ViewDefinition, Routine {
  /// The owner's oid.
  int owner();

  AccessList access();
}
