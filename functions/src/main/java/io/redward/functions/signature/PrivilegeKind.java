package io.redward.functions.signature;

/// What `has_table_privilege` and its kin ask about; generated code carries the ordinal.
public enum PrivilegeKind {
  TABLE,
  /// A table or any of its columns.
  ANY_COLUMN,
  SCHEMA,
  DATABASE,
  FUNCTION,
  LANGUAGE,
  /// Membership: MEMBER or USAGE, perhaps WITH ADMIN OPTION.
  ROLE
}
