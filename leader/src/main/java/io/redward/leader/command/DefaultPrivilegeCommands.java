package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.AccessList.Reach;
import io.redward.leader.catalog.DefaultAccess;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.User;
import io.redward.leader.sql.ast.AccessStatement.AlterDefaultPrivilegesStatement;
import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.AccessStatement.GranteeKind;
import io.redward.leader.sql.ast.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// ALTER DEFAULT PRIVILEGES: what users grant on the objects they are going to make.
final class DefaultPrivilegeCommands {
  private final CommandContext context;

  DefaultPrivilegeCommands(CommandContext context) {
    this.context = context;
  }

  String run(AlterDefaultPrivilegesStatement statement) {
    List<User> users = new ArrayList<>();
    for (Identifier name : statement.forUsers()) {
      users.add(context.user(name));
    }
    if (users.isEmpty()) {
      users.add(context.user(new Identifier(context.user().name(), true, statement.position())));
    }
    List<Integer> schemas = new ArrayList<>();
    statement.inSchemas().forEach(name -> schemas.add(context.schema(name.last()).oid()));
    if (schemas.isEmpty()) {
      schemas.add(0);
    }
    for (User user : users) {
      requireMayAlter(user);
      for (int schema : schemas) {
        alter(context.catalog().user(user.oid()).orElseThrow(), schema, statement);
      }
    }
    return "ALTER DEFAULT PRIVILEGES";
  }

  private void requireMayAlter(User user) {
    boolean others =
        Privileges.holds(
            context.catalog(), context.user(), SystemPrivilege.ALTER_DEFAULT_PRIVILEGES);
    if (user.oid() != context.user().oid() && !others) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "must be superuser to alter default privileges of another user");
    }
  }

  private void alter(User user, int schema, AlterDefaultPrivilegesStatement statement) {
    Reach kind =
        switch (statement.target()) {
          case TABLE -> Reach.TABLES;
          case FUNCTION -> Reach.FUNCTIONS;
          case PROCEDURE -> Reach.PROCEDURES;
          default ->
              throw new SqlException(
                      SqlState.FEATURE_NOT_SUPPORTED,
                      "default privileges are those of tables, functions and procedures")
                  .withPosition(statement.position());
        };
    List<DefaultAccess> all = new ArrayList<>(user.defaults());
    DefaultAccess old =
        all.stream()
            .filter(each -> each.schemaOid() == schema && each.kind() == kind)
            .findFirst()
            .orElse(new DefaultAccess(schema, kind, AccessList.NONE, false));
    all.remove(old);
    DefaultAccess changed = old;
    Set<Privilege> privileges =
        ScopedPrivileges.of(statement.privileges(), kind, statement.position());
    for (Grantee grantee : statement.grantees()) {
      changed = changed(changed, user, grantee, privileges, statement);
    }
    if (!changed.access().grants().isEmpty() || changed.notPublic()) {
      all.add(changed);
    }
    context.writer().get().replace(user.withDefaults(all));
  }

  private DefaultAccess changed(
      DefaultAccess old,
      User user,
      Grantee grantee,
      Set<Privilege> privileges,
      AlterDefaultPrivilegesStatement statement) {
    boolean everybody = grantee.kind() == GranteeKind.PUBLIC;
    int oid = everybody ? AccessList.PUBLIC : new AccessCommands(context).grantee(grantee);
    if (statement.grant()) {
      GrantCommands.requireUserForOption(grantee);
      Set<Privilege> grantable = grantee.withGrantOption() ? privileges : Set.of();
      AccessList.Grant grant = new AccessList.Grant(oid, user.oid(), privileges, grantable);
      return old.withAccess(old.access().grant(grant)).withNotPublic(old.notPublic() && !everybody);
    }
    AccessList left =
        old.access()
            .revoke(
                new AccessList.Revocation(
                    oid,
                    0,
                    Reach.OBJECT,
                    AccessList.ALL_COLUMNS,
                    privileges,
                    statement.grantOptionOnly(),
                    true));
    return old.withAccess(left).withNotPublic(old.notPublic() || everybody);
  }
}
