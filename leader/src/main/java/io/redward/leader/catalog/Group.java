package io.redward.leader.catalog;

import java.util.List;

/// A set of users that privileges are granted to together: a group or a role.
///
/// @param owner for a role its owner, else the superuser that made it
/// @param members oids of users, and for roles also of roles that hold it
public record Group(int oid, String name, int owner, boolean role, List<Integer> members)
    implements CatalogObject {
  public Group {
    members = List.copyOf(members);
  }
}
