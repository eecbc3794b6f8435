package io.redward.leader.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A set of users that privileges are granted to together: a group or a role.
///
/// @param owner for a role its owner, else the superuser that made it
/// @param members oids of users, and for roles also of roles that hold it
/// @param rights of a role
public record Group(
    int oid, String name, int owner, boolean role, List<Integer> members, Rights rights)
    implements CatalogObject {
  /// What a role has beside what is granted on objects.
  ///
  /// @param admins those of the members that may grant the role to others
  /// @param externalId the name an identity provider has for it
  public record Rights(
      List<Integer> admins, Set<SystemPrivilege> system, Optional<String> externalId) {
    public static final Rights NONE = new Rights(List.of(), Set.of(), Optional.empty());

    public Rights {
      admins = List.copyOf(admins);
      system = Set.copyOf(system);
    }

    public Rights withSystem(Set<SystemPrivilege> privileges) {
      return new Rights(admins, privileges, externalId);
    }

    public Rights withExternalId(Optional<String> id) {
      return new Rights(admins, system, id);
    }
  }

  public Group {
    members = List.copyOf(members);
  }

  public Group(int oid, String name, int owner, boolean role, List<Integer> members) {
    this(oid, name, owner, role, members, Rights.NONE);
  }

  public Group withName(String newName) {
    return new Group(oid, newName, owner, role, members, rights);
  }

  public Group withOwner(int newOwner) {
    return new Group(oid, name, newOwner, role, members, rights);
  }

  public Group withRights(Rights newRights) {
    return new Group(oid, name, owner, role, members, newRights);
  }

  public Group withMembers(List<Integer> newMembers) {
    return new Group(oid, name, owner, role, newMembers, rights);
  }

  /// With one more member.
  ///
  /// @param admin whether it may grant the role to others
  public Group with(int member, boolean admin) {
    Group without = withoutOption(member);
    List<Integer> all = new ArrayList<>(members);
    if (!all.contains(member)) {
      all.add(member);
    }
    List<Integer> admins = new ArrayList<>(without.rights.admins());
    if (admin || rights.admins().contains(member)) {
      admins.add(member);
    }
    return withMembers(all).withRights(new Rights(admins, rights.system(), rights.externalId()));
  }

  public Group without(int member) {
    return withoutOption(member)
        .withMembers(members.stream().filter(other -> other != member).toList());
  }

  /// Where the member may no longer grant the role.
  public Group withoutOption(int member) {
    List<Integer> admins = rights.admins().stream().filter(other -> other != member).toList();
    return withRights(new Rights(admins, rights.system(), rights.externalId()));
  }
}
