package io.redward.leader.catalog;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Privileges granted on an object, beside those of its owner. Immutable.
///
/// @param grants at most one a grantee and grantor
public record AccessList(List<Grant> grants) {
  /// The grantee PUBLIC.
  public static final int PUBLIC = 0;

  public static final AccessList NONE = new AccessList(List.of());

  /// What one grantee holds.
  ///
  /// @param grantee oid of a user, group or role; [#PUBLIC] for everybody
  /// @param grantable those of `privileges` the grantee may pass on
  public record Grant(
      int grantee, int grantor, Set<Privilege> privileges, Set<Privilege> grantable) {
    public Grant {
      privileges = Set.copyOf(privileges);
      grantable = Set.copyOf(grantable);
    }
  }

  public AccessList {
    grants = List.copyOf(grants);
  }

  /// This list with privileges added.
  public AccessList grant(Grant added) {
    List<Grant> result = new ArrayList<>();
    Grant merged = added;
    for (Grant grant : grants) {
      if (grant.grantee() == added.grantee() && grant.grantor() == added.grantor()) {
        merged =
            new Grant(
                grant.grantee(),
                grant.grantor(),
                union(grant.privileges(), added.privileges()),
                union(grant.grantable(), added.grantable()));
      } else {
        result.add(grant);
      }
    }
    result.add(merged);
    return new AccessList(result);
  }

  /// This list without privileges of a grantee, whoever granted them.
  public AccessList revoke(int grantee, Set<Privilege> privileges) {
    List<Grant> result = new ArrayList<>();
    for (Grant grant : grants) {
      if (grant.grantee() != grantee) {
        result.add(grant);
        continue;
      }
      Set<Privilege> left = minus(grant.privileges(), privileges);
      if (!left.isEmpty()) {
        Set<Privilege> grantable = minus(grant.grantable(), privileges);
        result.add(new Grant(grantee, grant.grantor(), left, grantable));
      }
    }
    return new AccessList(result);
  }

  boolean allows(Set<Integer> grantees, Privilege privilege) {
    return grants.stream()
        .anyMatch(g -> grantees.contains(g.grantee()) && g.privileges().contains(privilege));
  }

  private static Set<Privilege> union(Set<Privilege> a, Set<Privilege> b) {
    Set<Privilege> result = EnumSet.noneOf(Privilege.class);
    result.addAll(a);
    result.addAll(b);
    return result;
  }

  private static Set<Privilege> minus(Set<Privilege> a, Set<Privilege> b) {
    Set<Privilege> result = EnumSet.noneOf(Privilege.class);
    result.addAll(a);
    result.removeAll(b);
    return result;
  }
}
