package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.AccessList.Reach;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.AccessStatement.GrantTarget;
import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.AccessStatement.GranteeKind;
import io.redward.leader.sql.ast.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Scoped permissions: `GRANT … FOR TABLES IN SCHEMA …`, on what a schema or database contains now
/// and whatever it will contain.
final class ScopedGrants {
  private final CommandContext context;

  ScopedGrants(CommandContext context) {
    this.context = context;
  }

  void grant(AccessStatement.GrantStatement statement) {
    Reach reach = ScopedPrivileges.reach(statement.target().kind(), statement.position());
    Set<Privilege> privileges =
        ScopedPrivileges.of(statement.privileges(), reach, statement.position());
    change(
        statement.target(),
        statement.grantees(),
        (access, grantee) ->
            access.grant(
                new AccessList.Grant(
                    grantee,
                    context.user().oid(),
                    reach,
                    AccessList.ALL_COLUMNS,
                    privileges,
                    Set.of())));
  }

  void revoke(AccessStatement.RevokeStatement statement) {
    Reach reach = ScopedPrivileges.reach(statement.target().kind(), statement.position());
    Set<Privilege> privileges =
        ScopedPrivileges.of(statement.privileges(), reach, statement.position());
    change(
        statement.target(),
        statement.grantees(),
        (access, grantee) ->
            access.revoke(
                new AccessList.Revocation(
                    grantee,
                    0,
                    reach,
                    AccessList.ALL_COLUMNS,
                    privileges,
                    statement.grantOptionOnly(),
                    statement.cascade())));
  }

  /// What is said of one grantee, by oid.
  private interface Change {
    AccessList of(AccessList access, int grantee);
  }

  private void change(GrantTarget target, List<Grantee> grantees, Change change) {
    for (OwnedObject container : containers(target)) {
      Privileges.requireOwner(context.user(), container);
      AccessList access = container.access();
      for (Grantee grantee : grantees) {
        access = change.of(access, oid(grantee));
      }
      context.writer().get().replace(GrantCommands.withAccess(container, access));
    }
  }

  /// Scoped permissions go to users and roles.
  private int oid(Grantee grantee) {
    if (grantee.kind() == GranteeKind.GROUP || grantee.kind() == GranteeKind.PUBLIC) {
      throw new SqlException(
              SqlState.INVALID_GRANT_OPERATION,
              "scoped permissions can only be granted to users and roles")
          .withPosition(grantee.position());
    }
    return new GrantCommands(context).oid(grantee);
  }

  private List<OwnedObject> containers(GrantTarget target) {
    List<OwnedObject> containers = new ArrayList<>();
    for (QualifiedName name : target.names()) {
      containers.add(
          target.allIn() == AccessStatement.Scope.FOR_SCHEMA
              ? context.schema(name.last())
              : context.database(name.last()));
    }
    return containers;
  }
}
