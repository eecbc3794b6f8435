package io.redward.leader.catalog;

/// ALTER DEFAULT PRIVILEGES: what is granted on objects that a user will make.
///
/// @param schemaOid the schema they are made in; 0 for any
/// @param kind TABLES (views too), FUNCTIONS or PROCEDURES
/// @param notPublic what everybody gets on such objects has been revoked
public record DefaultAccess(
    int schemaOid, AccessList.Reach kind, AccessList access, boolean notPublic) {
  public DefaultAccess withAccess(AccessList changed) {
    return new DefaultAccess(schemaOid, kind, changed, notPublic);
  }

  public DefaultAccess withNotPublic(boolean revoked) {
    return new DefaultAccess(schemaOid, kind, access, revoked);
  }
}
