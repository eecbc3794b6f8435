package io.redward.leader.catalog;

/// Anything with an oid and a name.
public sealed interface CatalogObject
    permits OwnedObject, User, Group, Policy, Attachment, RowSecurity {
  /// Unique in the warehouse; over 100,000 for what users make.
  int oid();

  String name();
}
