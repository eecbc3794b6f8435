package io.redward.leader.system;

import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.AccessList.Grant;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.catalog.ViewDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Access lists as `pg_class.relacl` and its kin show them: an array of `grantee=letters/grantor`,
/// where an asterisk follows what may be granted on. Users and groups are shown; grants to roles
/// are in the `svv_` views.
final class AccessText {
  /// The letters of all that an owner has.
  private static final String TABLE = "arwdxtDA";

  private static final String SCHEMA = "UC";
  private static final String DATABASE = "CT";
  private static final String ROUTINE = "X";

  private final Catalog catalog;

  AccessText(Catalog catalog) {
    this.catalog = catalog;
  }

  /// An object's list; null if nothing has ever been granted on it.
  @Nullable String of(OwnedObject object) {
    String all =
        switch (object) {
          case Database _ -> DATABASE;
          case Schema _ -> SCHEMA;
          case Routine _ -> ROUTINE;
          case TableDefinition _, ViewDefinition _ -> TABLE;
        };
    return of(object.owner(), all, object.access());
  }

  /// The list of an object by its oid.
  @Nullable String of(int oid) {
    return catalog.object(oid).orElse(null) instanceof OwnedObject object ? of(object) : null;
  }

  /// What is granted by default on objects that a user will make.
  String ofDefaults(int owner, AccessList access) {
    return array(items(owner, access));
  }

  private @Nullable String of(int owner, String all, AccessList access) {
    List<String> items = items(owner, access);
    if (items.isEmpty()) {
      return null;
    }
    items.addFirst(name(owner) + "=" + all + "/" + name(owner));
    return array(items);
  }

  private List<String> items(int owner, AccessList access) {
    List<String> items = new ArrayList<>();
    for (Grant grant : access.grants()) {
      Optional<String> grantee = grantee(grant.grantee());
      boolean whole =
          grant.reach() == AccessList.Reach.OBJECT && grant.column() == AccessList.ALL_COLUMNS;
      if (grantee.isPresent() && whole && grant.grantee() != owner) {
        items.add(
            grantee.get() + "=" + letters(grant.privileges(), grant) + "/" + name(grant.grantor()));
      }
    }
    return items;
  }

  private static String letters(Set<Privilege> privileges, Grant grant) {
    StringBuilder letters = new StringBuilder();
    for (Privilege privilege : Privilege.values()) {
      if (privileges.contains(privilege)) {
        letters.append(privilege.code());
        letters.append(grant.grantable().contains(privilege) ? "*" : "");
      }
    }
    return letters.toString();
  }

  private Optional<String> grantee(int oid) {
    if (oid == AccessList.PUBLIC) {
      return Optional.of("");
    }
    return switch (catalog.object(oid).orElse(null)) {
      case User user -> Optional.of(user.name());
      case Group group when !group.role() -> Optional.of("group " + group.name());
      case null, default -> Optional.empty();
    };
  }

  private String name(int oid) {
    return catalog.object(oid).map(CatalogObject::name).orElse("");
  }

  private static String array(List<String> items) {
    List<String> quoted =
        items.stream()
            .map(
                item ->
                    item.matches("[\\w=/*]+")
                        ? item
                        : "\"" + item.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .toList();
    return "{" + String.join(",", quoted) + "}";
  }
}
