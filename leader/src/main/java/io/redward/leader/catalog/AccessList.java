package io.redward.leader.catalog;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Privileges granted on an object, beside those of its owner. Immutable.
///
/// @param grants at most one a grantee, grantor and column
public record AccessList(List<Grant> grants) {
  /// The grantee PUBLIC.
  public static final int PUBLIC = 0;

  /// Stands for all columns.
  public static final int ALL_COLUMNS = 0;

  public static final AccessList NONE = new AccessList(List.of());

  /// What a grant on an object is about: itself, or what a schema or database contains now and
  /// later (a scoped permission).
  public enum Reach {
    OBJECT,
    TABLES,
    FUNCTIONS,
    PROCEDURES,
    LANGUAGES,
    SCHEMAS,
    COPY_JOBS,
    TEMPLATES
  }

  /// What one grantee holds.
  ///
  /// @param grantee oid of a user, group or role; [#PUBLIC] for everybody
  /// @param column id of a table's column or number of a view's, or [#ALL_COLUMNS]
  /// @param grantable those of `privileges` the grantee may pass on
  public record Grant(
      int grantee,
      int grantor,
      Reach reach,
      int column,
      Set<Privilege> privileges,
      Set<Privilege> grantable) {
    public Grant {
      privileges = Set.copyOf(privileges);
      grantable = Set.copyOf(grantable);
    }

    /// Privileges on the whole object.
    public Grant(int grantee, int grantor, Set<Privilege> privileges, Set<Privilege> grantable) {
      this(grantee, grantor, Reach.OBJECT, ALL_COLUMNS, privileges, grantable);
    }

    boolean isOn(int wanted) {
      return reach == Reach.OBJECT && (column == ALL_COLUMNS || column == wanted);
    }

    private Grant with(Set<Privilege> held, Set<Privilege> passable) {
      return new Grant(grantee, grantor, reach, column, held, passable);
    }
  }

  /// What REVOKE takes away.
  ///
  /// @param grantor whose grants are meant; 0 for everybody's
  /// @param column [#ALL_COLUMNS] for the whole object with its columns
  /// @param optionOnly GRANT OPTION FOR: the privileges stay
  /// @param cascade what the grantee has passed on goes too
  public record Revocation(
      int grantee,
      int grantor,
      Reach reach,
      int column,
      Set<Privilege> privileges,
      boolean optionOnly,
      boolean cascade) {
    boolean concerns(Grant grant) {
      return grant.grantee() == grantee
          && grant.reach() == reach
          && (grantor == 0 || grant.grantor() == grantor)
          && (column == ALL_COLUMNS || grant.column() == column);
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
      if (grant.grantee() == added.grantee()
          && grant.grantor() == added.grantor()
          && grant.reach() == added.reach()
          && grant.column() == added.column()) {
        merged =
            grant.with(
                union(grant.privileges(), added.privileges()),
                union(grant.grantable(), added.grantable()));
      } else {
        result.add(grant);
      }
    }
    result.add(merged);
    return new AccessList(result);
  }

  /// This list without some privileges.
  ///
  /// @throws SqlException 2BP01 if they have been passed on and it does not cascade
  public AccessList revoke(Revocation revocation) {
    List<Grant> result = new ArrayList<>();
    Set<Privilege> lost = EnumSet.noneOf(Privilege.class);
    for (Grant grant : grants) {
      if (!revocation.concerns(grant)) {
        result.add(grant);
        continue;
      }
      Set<Privilege> left =
          revocation.optionOnly()
              ? grant.privileges()
              : minus(grant.privileges(), revocation.privileges());
      Set<Privilege> grantable = minus(grant.grantable(), revocation.privileges());
      lost.addAll(minus(grant.grantable(), grantable));
      if (!left.isEmpty()) {
        result.add(grant.with(left, grantable));
      }
    }
    return new AccessList(result).withoutPassedOn(revocation, lost);
  }

  /// Without what the grantee of a revocation has granted and can grant no longer.
  private AccessList withoutPassedOn(Revocation revocation, Set<Privilege> lost) {
    AccessList list = this;
    for (Privilege privilege : lost) {
      for (Grant grant : grants) {
        boolean depends =
            grant.grantor() == revocation.grantee()
                && grant.reach() == revocation.reach()
                && grant.grantee() != revocation.grantee()
                && grant.privileges().contains(privilege)
                && !list.grantable(Set.of(revocation.grantee()), grant.column(), privilege);
        if (depends && !revocation.cascade()) {
          throw new SqlException(
                  SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "dependent privileges exist")
              .withHint("Use CASCADE to revoke them too.");
        }
        if (depends) {
          list =
              list.revoke(
                  new Revocation(
                      grant.grantee(),
                      grant.grantor(),
                      grant.reach(),
                      grant.column(),
                      Set.of(privilege),
                      false,
                      true));
        }
      }
    }
    return list;
  }

  /// This list without anything of one grantee, or granted by it.
  public AccessList without(int grantee) {
    return new AccessList(
        grants.stream().filter(g -> g.grantee() != grantee && g.grantor() != grantee).toList());
  }

  /// Whether one of the grantees holds the privilege on a column.
  boolean allows(Set<Integer> grantees, int column, Privilege privilege) {
    for (Grant grant : grants) {
      if (grant.isOn(column)
          && grant.privileges().contains(privilege)
          && grantees.contains(grant.grantee())) {
        return true;
      }
    }
    return false;
  }

  /// Whether one of the grantees holds the privilege on some column.
  boolean allowsSome(Set<Integer> grantees, Privilege privilege) {
    return grants.stream()
        .anyMatch(
            g ->
                g.reach() == Reach.OBJECT
                    && g.privileges().contains(privilege)
                    && grantees.contains(g.grantee()));
  }

  /// Whether one of the grantees holds the privilege on all that the object contains of a kind.
  boolean allowsWithin(Set<Integer> grantees, Reach reach, Privilege privilege) {
    return grants.stream()
        .anyMatch(
            g ->
                g.reach() == reach
                    && g.privileges().contains(privilege)
                    && grantees.contains(g.grantee()));
  }

  /// Whether one of the grantees may write functions in a language.
  public boolean allowsLanguage(Set<Integer> grantees, int language) {
    return grants.stream()
        .anyMatch(
            g ->
                g.reach() == Reach.LANGUAGES
                    && (g.column() == ALL_COLUMNS || g.column() == language)
                    && g.privileges().contains(Privilege.USAGE)
                    && grantees.contains(g.grantee()));
  }

  /// Whether one of the grantees may pass the privilege on.
  boolean grantable(Set<Integer> grantees, int column, Privilege privilege) {
    return grants.stream()
        .anyMatch(
            g ->
                g.isOn(column)
                    && g.grantable().contains(privilege)
                    && grantees.contains(g.grantee()));
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
