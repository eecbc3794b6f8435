package io.redward.leader.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which policies hold for whom: as of one catalog. Immutable once filled.
public final class Policies {
  private final Map<Integer, List<Attachment>> attachments = new HashMap<>();
  private final Map<Integer, RowSecurity> rowSecurity = new HashMap<>();
  private final Map<Integer, Policy> policies = new HashMap<>();

  void add(CatalogObject object) {
    switch (object) {
      case Policy policy -> policies.put(policy.oid(), policy);
      case Attachment attachment ->
          attachments
              .computeIfAbsent(attachment.relationOid(), _ -> new ArrayList<>())
              .add(attachment);
      case RowSecurity security -> rowSecurity.put(security.relationOid(), security);
      case OwnedObject _, User _, Group _ -> {}
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Policies that
        && attachments.equals(that.attachments)
        && rowSecurity.equals(that.rowSecurity)
        && policies.equals(that.policies);
  }

  @Override
  public int hashCode() {
    return Objects.hash(attachments, rowSecurity, policies);
  }

  /// A policy of a database by name.
  public Optional<Policy> find(int databaseOid, Policy.Kind kind, String name) {
    return policies.values().stream()
        .filter(p -> p.databaseOid() == databaseOid && p.kind() == kind && p.name().equals(name))
        .findFirst();
  }

  public Optional<Policy> policy(int oid) {
    return Optional.ofNullable(policies.get(oid));
  }

  /// All policies on a relation.
  public List<Attachment> on(int relationOid) {
    return attachments.getOrDefault(relationOid, List.of());
  }

  /// Every attachment of a policy.
  public List<Attachment> of(Policy policy) {
    return attachments.values().stream()
        .flatMap(List::stream)
        .filter(a -> a.policyOid() == policy.oid())
        .toList();
  }

  public Optional<RowSecurity> rowSecurity(int relationOid) {
    return Optional.ofNullable(rowSecurity.get(relationOid));
  }

  /// Whether no policy of any kind is in force on the relation, for anybody.
  public boolean isFree(int relationOid) {
    return attachments.isEmpty() && rowSecurity.isEmpty()
        || rowSecurity(relationOid).filter(RowSecurity::on).isEmpty()
            && on(relationOid).stream().noneMatch(a -> kind(a) == Policy.Kind.MASKING);
  }

  /// Whether the user sees the relation as it is: no row withheld, no value masked.
  public boolean isFreeFor(Catalog catalog, User user, OwnedObject relation) {
    return isFree(relation.oid())
        || rowPolicies(catalog, user, relation.oid()).isEmpty()
            && masks(catalog, user, relation.oid()).isEmpty();
  }

  /// The row policies the user is subject to; empty if all rows are to be seen. A list without
  /// policies: none of the rows.
  public Optional<List<Policy>> rowPolicies(Catalog catalog, User user, int relationOid) {
    if (rowSecurity(relationOid).filter(RowSecurity::on).isEmpty() || ignoresRows(catalog, user)) {
      return Optional.empty();
    }
    Set<Integer> grantees = Privileges.grantees(catalog, user);
    List<Policy> applied = new ArrayList<>();
    for (Attachment attachment : on(relationOid)) {
      Policy policy = policies.get(attachment.policyOid());
      if (policy != null
          && policy.kind() == Policy.Kind.RLS
          && grantees.contains(attachment.grantee())
          && !applied.contains(policy)) {
        applied.add(policy);
      }
    }
    return Optional.of(applied);
  }

  private static boolean ignoresRows(Catalog catalog, User user) {
    return Privileges.holds(catalog, user, SystemPrivilege.IGNORE_RLS)
        || SystemRole.SECADMIN.isHeldBy(catalog, user);
  }

  /// What a policy masks: a column, or a place in the values of a SUPER column.
  public record Place(int column, SuperPath path) {}

  /// The masking policies the user is subject to: for each place the one of highest priority.
  /// Superusers see through those that are not attached to themselves.
  public Map<Place, Attachment> masks(Catalog catalog, User user, int relationOid) {
    Map<Place, Attachment> masks = new HashMap<>();
    if (on(relationOid).isEmpty()) {
      return masks;
    }
    Set<Integer> grantees =
        user.superuser() ? Set.of(user.oid()) : Privileges.grantees(catalog, user);
    for (Attachment attachment : on(relationOid)) {
      if (kind(attachment) == Policy.Kind.MASKING && grantees.contains(attachment.grantee())) {
        for (int i = 0; i < attachment.outputs().size(); i++) {
          masks.merge(
              new Place(attachment.outputs().get(i), attachment.paths().output(i)),
              attachment,
              (a, b) -> a.priority() >= b.priority() ? a : b);
        }
      }
    }
    return masks;
  }

  private Policy.Kind kind(Attachment attachment) {
    Policy policy = policies.get(attachment.policyOid());
    return policy == null ? Policy.Kind.RLS : policy.kind();
  }
}
