package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// Users, groups, roles and privileges.
public sealed interface AccessStatement extends Statement {

  /// CREATE USER.
  record CreateUserStatement(Identifier name, List<UserOption> options, int position)
      implements AccessStatement {
    public CreateUserStatement {
      options = List.copyOf(options);
    }
  }

  /// ALTER USER.
  record AlterUserStatement(Identifier name, List<UserOption> options, int position)
      implements AccessStatement {
    public AlterUserStatement {
      options = List.copyOf(options);
    }
  }

  /// An option of CREATE USER and ALTER USER.
  sealed interface UserOption {
    /// PASSWORD; empty for DISABLE. A secret: never print it.
    record Password(Optional<String> secret) implements UserOption {
      @Override
      public String toString() {
        return "Password[***]";
      }
    }

    record ValidUntil(String timestamp) implements UserOption {}

    record CreateDatabaseRight(boolean granted) implements UserOption {}

    /// CREATEUSER: a superuser.
    record CreateUserRight(boolean granted) implements UserOption {}

    record SyslogAccess(boolean unrestricted) implements UserOption {}

    record InGroups(List<Identifier> groups) implements UserOption {}

    record UserConnectionLimit(ObjectStatement.ConnectionLimit limit) implements UserOption {}

    /// Empty for RESET SESSION TIMEOUT.
    record SessionTimeout(Optional<Integer> seconds) implements UserOption {}

    record ExternalId(String id) implements UserOption {}

    record RenameUser(Identifier name) implements UserOption {}

    record SetUserParameter(SessionStatement.SetStatement set) implements UserOption {}

    record ResetUserParameter(String parameter) implements UserOption {}
  }

  /// CREATE GROUP … [WITH USER …].
  record CreateGroupStatement(Identifier name, List<Identifier> users, int position)
      implements AccessStatement {}

  /// ALTER GROUP ADD USER | DROP USER | RENAME TO.
  record AlterGroupStatement(
      Identifier name,
      List<Identifier> addUsers,
      List<Identifier> dropUsers,
      Optional<Identifier> newName,
      int position)
      implements AccessStatement {}

  /// CREATE ROLE [EXTERNALID id].
  record CreateRoleStatement(Identifier name, Optional<String> externalId, int position)
      implements AccessStatement {}

  /// ALTER ROLE.
  record AlterRoleStatement(
      Identifier name,
      Optional<Identifier> newName,
      Optional<Identifier> newOwner,
      Optional<String> externalId,
      int position)
      implements AccessStatement {}

  /// GRANT privileges ON target TO grantees.
  record GrantStatement(
      List<Privilege> privileges, GrantTarget target, List<Grantee> grantees, int position)
      implements AccessStatement {
    public GrantStatement {
      privileges = List.copyOf(privileges);
      grantees = List.copyOf(grantees);
    }
  }

  /// REVOKE [GRANT OPTION FOR] privileges ON target FROM grantees.
  record RevokeStatement(
      boolean grantOptionOnly,
      List<Privilege> privileges,
      GrantTarget target,
      List<Grantee> grantees,
      boolean cascade,
      int position)
      implements AccessStatement {
    public RevokeStatement {
      privileges = List.copyOf(privileges);
      grantees = List.copyOf(grantees);
    }
  }

  /// A privilege in lower case, `all` for ALL [PRIVILEGES]; system privileges such as
  /// `create user` keep their words.
  ///
  /// @param columns of a column privilege, otherwise empty
  record Privilege(String name, List<Identifier> columns) {}

  /// What privileges are about.
  ///
  /// @param names the objects, or for `allIn` the schemas (or databases)
  /// @param routines signatures of functions and procedures
  /// @param allIn ALL TABLES IN SCHEMA, or FOR TABLES IN SCHEMA | DATABASE
  record GrantTarget(
      TargetKind kind,
      List<QualifiedName> names,
      List<RoutineStatement.RoutineSignature> routines,
      Scope allIn) {
    public GrantTarget {
      names = List.copyOf(names);
      routines = List.copyOf(routines);
    }
  }

  enum TargetKind {
    TABLE,
    COLUMN,
    DATABASE,
    SCHEMA,
    FUNCTION,
    PROCEDURE,
    LANGUAGE,
    DATASHARE,
    MODEL,
    COPY_JOB,
    TEMPLATE,
    /// ASSUMEROLE: the names are role ARNs.
    ASSUMED_ROLE,
    RLS_POLICY,
    MASKING_POLICY,
    EXTERNAL_TABLE,
    EXTERNAL_SCHEMA,
    /// System privileges, which have no object.
    SYSTEM
  }

  /// Whether a target names objects, or containers whose objects are all meant.
  enum Scope {
    OBJECTS,
    ALL_IN_SCHEMA,
    FOR_SCHEMA,
    FOR_DATABASE
  }

  /// Who gets privileges.
  ///
  /// @param name empty for PUBLIC
  record Grantee(GranteeKind kind, String name, boolean withGrantOption, int position)
      implements Node {}

  enum GranteeKind {
    USER,
    ROLE,
    GROUP,
    PUBLIC,
    NAMESPACE,
    ACCOUNT,
    IAM_ROLE,
    /// Lookup tables of policies.
    MASKING_POLICY,
    RLS_POLICY
  }

  /// GRANT role TO grantees [WITH ADMIN OPTION].
  record GrantRoleStatement(
      List<Identifier> roles, List<Grantee> grantees, boolean withAdminOption, int position)
      implements AccessStatement {}

  /// REVOKE [ADMIN OPTION FOR] role FROM grantees.
  record RevokeRoleStatement(
      boolean adminOptionOnly, List<Identifier> roles, List<Grantee> grantees, int position)
      implements AccessStatement {}

  /// ALTER DEFAULT PRIVILEGES … GRANT | REVOKE.
  record AlterDefaultPrivilegesStatement(
      List<Identifier> forUsers,
      List<QualifiedName> inSchemas,
      boolean grant,
      boolean grantOptionOnly,
      List<Privilege> privileges,
      TargetKind target,
      List<Grantee> grantees,
      int position)
      implements AccessStatement {}
}
