package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.User;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.AccessStatement.UserOption;
import io.redward.leader.sql.ast.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Users, groups and roles.
public final class AccessCommands {
  private final CommandContext context;

  public AccessCommands(CommandContext context) {
    this.context = context;
  }

  /// Carries out any statement of the family.
  ///
  /// @return the command tag
  public String run(AccessStatement statement) {
    return switch (statement) {
      case AccessStatement.CreateUserStatement create -> createUser(create);
      case AccessStatement.AlterUserStatement alter -> alterUser(alter);
      case AccessStatement.CreateGroupStatement create -> createGroup(create);
      case AccessStatement.AlterGroupStatement alter -> alterGroup(alter);
      case AccessStatement.CreateRoleStatement create -> new RoleCommands(context).create(create);
      case AccessStatement.AlterRoleStatement alter -> new RoleCommands(context).alter(alter);
      case AccessStatement.GrantRoleStatement grant -> new RoleCommands(context).grant(grant);
      case AccessStatement.RevokeRoleStatement revoke -> new RoleCommands(context).revoke(revoke);
      case AccessStatement.GrantStatement grant -> new GrantCommands(context).grant(grant);
      case AccessStatement.RevokeStatement revoke -> new GrantCommands(context).revoke(revoke);
      case AccessStatement.AlterDefaultPrivilegesStatement alter ->
          new DefaultPrivilegeCommands(context).run(alter);
    };
  }

  private String createUser(AccessStatement.CreateUserStatement statement) {
    context.requireSystem(SystemPrivilege.CREATE_USER, "create users");
    requireNoSuperuser(statement.options());
    User plain = new User(0, statement.name().name(), false, false, Optional.empty(), Map.of());
    context.writer().get().createUser(altered(plain, statement.options()));
    User created = context.user(statement.name());
    for (UserOption option : statement.options()) {
      if (option instanceof UserOption.InGroups in) {
        in.groups().forEach(name -> changeMembers(group(name, false), created.oid(), true));
      }
    }
    return "CREATE USER";
  }

  private String alterUser(AccessStatement.AlterUserStatement statement) {
    User user = context.user(statement.name());
    boolean ownPassword =
        user.oid() == context.user().oid()
            && statement.options().stream().allMatch(o -> o instanceof UserOption.Password);
    if (!ownPassword) {
      context.requireSystem(SystemPrivilege.ALTER_USER, "alter users");
      requireNoSuperuser(statement.options());
      if (user.superuser()) {
        context.requireSuperuser("alter superusers");
      }
    }
    context.writer().get().replace(altered(user, statement.options()));
    return "ALTER USER";
  }

  /// Those who may make and alter users, but are no superusers, make no superusers.
  private void requireNoSuperuser(List<UserOption> options) {
    if (options.stream().anyMatch(UserOption.CreateUserRight.class::isInstance)) {
      context.requireSuperuser("make or unmake superusers");
    }
  }

  private User altered(User user, List<UserOption> options) {
    String name = user.name();
    boolean superuser = user.superuser();
    boolean createDatabase = user.createDatabase();
    Optional<User.Verifier> verifier = user.verifier();
    Map<String, String> settings = new HashMap<>(user.settings());
    User.Account account = user.account();
    for (UserOption option : options) {
      switch (option) {
        case UserOption.Password password ->
            verifier = password.secret().map(PasswordVerifiers::of);
        case UserOption.CreateDatabaseRight right -> createDatabase = right.granted();
        case UserOption.CreateUserRight right -> superuser = right.granted();
        case UserOption.RenameUser rename -> {
          name = rename.name().name();
          if (verifier.filter(v -> v.kind().equals("MD5")).isPresent()) {
            verifier = Optional.empty();
            context.notices().info("MD5 password cleared because of rename");
          }
        }
        case UserOption.SetUserParameter set ->
            settings.put(set.set().name(), String.join(", ", set.set().values()));
        case UserOption.ResetUserParameter reset -> settings.remove(reset.parameter());
        case UserOption.InGroups _ -> {}
        case UserOption.ValidUntil _,
            UserOption.SyslogAccess _,
            UserOption.UserConnectionLimit _,
            UserOption.SessionTimeout _,
            UserOption.ExternalId _ ->
            account = AccountOptions.with(account, option);
      }
    }
    return new User(
        user.oid(), name, superuser, createDatabase, verifier, settings, account, user.defaults());
  }

  private String createGroup(AccessStatement.CreateGroupStatement statement) {
    context.requireSuperuser("create groups");
    List<Integer> members = statement.users().stream().map(u -> context.user(u).oid()).toList();
    context
        .writer()
        .get()
        .createGroup(statement.name().name(), context.user().oid(), false, members);
    return "CREATE GROUP";
  }

  private String alterGroup(AccessStatement.AlterGroupStatement statement) {
    context.requireSuperuser("alter groups");
    Group group = group(statement.name(), false);
    List<Integer> members = new ArrayList<>(group.members());
    statement.addUsers().forEach(name -> members.add(context.user(name).oid()));
    statement.dropUsers().forEach(name -> members.remove((Integer) context.user(name).oid()));
    context
        .writer()
        .get()
        .replace(
            group
                .withName(statement.newName().map(Identifier::name).orElse(group.name()))
                .withMembers(members.stream().distinct().toList()));
    return "ALTER GROUP";
  }

  private void changeMembers(Group group, int member, boolean added) {
    context.writer().get().replace(added ? group.with(member, false) : group.without(member));
  }

  /// The oid privileges are granted to.
  int grantee(AccessStatement.Grantee grantee) {
    Identifier name = new Identifier(grantee.name(), false, grantee.position());
    CatalogObject found =
        switch (grantee.kind()) {
          case USER -> context.user(name);
          case GROUP -> group(name, false);
          case ROLE -> group(name, true);
          case PUBLIC, NAMESPACE, ACCOUNT, IAM_ROLE, MASKING_POLICY, RLS_POLICY ->
              throw new SqlException(
                      SqlState.FEATURE_NOT_SUPPORTED,
                      "grants to "
                          + grantee.kind().name().toLowerCase(java.util.Locale.ROOT)
                          + " are not supported here")
                  .withPosition(grantee.position());
        };
    return found.oid();
  }

  Group group(Identifier name, boolean role) {
    return context
        .catalog()
        .group(name.name())
        .filter(group -> group.role() == role)
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_OBJECT,
                        (role ? "role" : "group") + " \"" + name.name() + "\" does not exist")
                    .withPosition(name.position()));
  }
}
