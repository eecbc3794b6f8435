package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.DefaultAccess;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.RowSecurity;
import io.redward.leader.catalog.User;

/// What stands in the way of dropping a user or group: objects they own, privileges they hold.
final class PrincipalUse {
  private final CommandContext context;

  PrincipalUse(CommandContext context) {
    this.context = context;
  }

  /// @throws SqlException 55006 if the user owns something or holds a privilege
  void requireUnused(User user) {
    String subject = "user \"" + user.name() + "\" can't be dropped because the user ";
    for (CatalogObject object : context.catalog().objects()) {
      boolean owns =
          object instanceof OwnedObject owned && owned.owner() == user.oid()
              || object instanceof Group group && group.role() && group.owner() == user.oid();
      if (owns) {
        throw new SqlException(SqlState.OBJECT_IN_USE, subject + "owns some object")
            .withDetail("owner of " + object.name());
      }
    }
    requireNoPrivilege(user.oid(), subject);
  }

  /// @throws SqlException 55006 if the group holds a privilege
  void requireUnused(Group group) {
    requireNoPrivilege(
        group.oid(), "group \"" + group.name() + "\" can't be dropped because the group ");
  }

  private void requireNoPrivilege(int oid, String subject) {
    for (CatalogObject object : context.catalog().objects()) {
      boolean holds =
          switch (object) {
            case OwnedObject owned ->
                owned.access().grants().stream().anyMatch(g -> g.grantee() == oid);
            case User user ->
                user.oid() != oid
                    && user.defaults().stream()
                        .map(DefaultAccess::access)
                        .anyMatch(a -> a.grants().stream().anyMatch(g -> g.grantee() == oid));
            case Attachment attachment -> attachment.grantee() == oid;
            case Group _, Policy _, RowSecurity _ -> false;
          };
      if (holds) {
        throw new SqlException(SqlState.OBJECT_IN_USE, subject + "has a privilege on some object")
            .withDetail("privileges for " + object.name());
      }
    }
  }
}
