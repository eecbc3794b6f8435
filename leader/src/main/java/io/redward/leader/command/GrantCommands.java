package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.RelationColumns;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.AccessStatement.GrantTarget;
import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.AccessStatement.GranteeKind;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.ObjectStatement.ObjectKind;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.RoutineStatement.RoutineSignature;
import io.redward.leader.sql.lex.ParserOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// GRANT and REVOKE on tables, views, schemas and databases.
final class GrantCommands {
  private final CommandContext context;

  GrantCommands(CommandContext context) {
    this.context = context;
  }

  String grant(AccessStatement.GrantStatement statement) {
    if (statement.target().kind() == AccessStatement.TargetKind.SYSTEM) {
      new RoleCommands(context).system(statement.privileges(), statement.grantees(), true);
      return "GRANT";
    }
    if (isToPolicies(statement.grantees())) {
      lookups(statement.privileges(), statement.target(), statement.grantees(), true);
      return "GRANT";
    }
    statement.grantees().forEach(GrantCommands::requireUserForOption);
    if (isOfLanguages(statement.target())) {
      return new LanguagePrivileges(context).grant(statement);
    }
    if (isScoped(statement.target())) {
      new ScopedGrants(context).grant(statement);
      return "GRANT";
    }
    for (OwnedObject object : objects(statement.target(), statement.position())) {
      AccessList access = object.access();
      for (AccessStatement.Privilege named : statement.privileges()) {
        Set<Privilege> privileges = privileges(named, object, statement.position());
        for (int column : columns(named, object)) {
          requireGrantable(object, column, privileges);
          for (Grantee grantee : statement.grantees()) {
            Set<Privilege> grantable = grantee.withGrantOption() ? privileges : Set.of();
            int user = context.user().oid();
            access =
                access.grant(
                    new AccessList.Grant(
                        oid(grantee),
                        user,
                        AccessList.Reach.OBJECT,
                        column,
                        privileges,
                        grantable));
          }
        }
      }
      context.writer().get().replace(withAccess(object, access));
    }
    return "GRANT";
  }

  private static boolean isToPolicies(List<Grantee> grantees) {
    return grantees.stream()
        .anyMatch(
            g -> g.kind() == GranteeKind.RLS_POLICY || g.kind() == GranteeKind.MASKING_POLICY);
  }

  /// GRANT SELECT ON a lookup table TO RLS POLICY.
  private void lookups(
      List<AccessStatement.Privilege> privileges,
      GrantTarget target,
      List<Grantee> grantees,
      boolean granted) {
    PolicyCommands.requireSecurityAdministrator(context);
    if (!privileges.stream().allMatch(p -> p.name().equals("select") && p.columns().isEmpty())) {
      throw new SqlException(
          SqlState.INVALID_GRANT_OPERATION, "only SELECT can be granted to a policy");
    }
    for (Grantee grantee : grantees) {
      Policy.Kind kind =
          grantee.kind() == GranteeKind.RLS_POLICY ? Policy.Kind.RLS : Policy.Kind.MASKING;
      Policy policy =
          context
              .catalog()
              .policies()
              .find(context.database().oid(), kind, grantee.name())
              .orElseThrow(
                  () ->
                      new SqlException(
                              SqlState.UNDEFINED_OBJECT,
                              "policy \"" + grantee.name() + "\" does not exist")
                          .withPosition(grantee.position()));
      Set<Integer> lookups = new HashSet<>(policy.lookups());
      for (OwnedObject table : objects(target, grantee.position())) {
        if (granted) {
          lookups.add(table.oid());
        } else {
          lookups.remove(table.oid());
        }
      }
      context.writer().get().replace(policy.withLookups(lookups));
    }
  }

  private static boolean isOfLanguages(GrantTarget target) {
    return target.kind() == AccessStatement.TargetKind.LANGUAGE && !isScoped(target);
  }

  private static boolean isScoped(GrantTarget target) {
    return target.allIn() == AccessStatement.Scope.FOR_SCHEMA
        || target.allIn() == AccessStatement.Scope.FOR_DATABASE;
  }

  String revoke(AccessStatement.RevokeStatement statement) {
    if (statement.target().kind() == AccessStatement.TargetKind.SYSTEM) {
      new RoleCommands(context).system(statement.privileges(), statement.grantees(), false);
      return "REVOKE";
    }
    if (isToPolicies(statement.grantees())) {
      lookups(statement.privileges(), statement.target(), statement.grantees(), false);
      return "REVOKE";
    }
    if (isOfLanguages(statement.target())) {
      return new LanguagePrivileges(context).revoke(statement);
    }
    if (isScoped(statement.target())) {
      new ScopedGrants(context).revoke(statement);
      return "REVOKE";
    }
    for (OwnedObject object : objects(statement.target(), statement.position())) {
      AccessList access = object.access();
      for (AccessStatement.Privilege named : statement.privileges()) {
        Set<Privilege> privileges = privileges(named, object, statement.position());
        for (int column : columns(named, object)) {
          requireGrantable(object, column, privileges);
          for (Grantee grantee : statement.grantees()) {
            access =
                access.revoke(
                    new AccessList.Revocation(
                        oid(grantee),
                        mayAll(object) ? 0 : context.user().oid(),
                        AccessList.Reach.OBJECT,
                        column,
                        privileges,
                        statement.grantOptionOnly(),
                        statement.cascade()));
          }
        }
      }
      context.writer().get().replace(withAccess(object, access));
    }
    return "REVOKE";
  }

  private boolean mayAll(OwnedObject object) {
    return context.user().superuser() || context.user().oid() == object.owner();
  }

  static void requireUserForOption(Grantee grantee) {
    if (grantee.withGrantOption() && grantee.kind() != GranteeKind.USER) {
      throw new SqlException(
              SqlState.INVALID_GRANT_OPERATION,
              "grant options can only be granted to individual users")
          .withPosition(grantee.position());
    }
  }

  /// Owners and superusers pass everything on, others what they hold with the grant option.
  private void requireGrantable(OwnedObject object, int column, Set<Privilege> privileges) {
    for (Privilege privilege : privileges) {
      if (!Privileges.mayGrant(context.catalog(), context.user(), object, column, privilege)) {
        throw Privileges.denied(object);
      }
    }
  }

  /// The columns that a privilege is about: [AccessList#ALL_COLUMNS], or those it names.
  private static List<Integer> columns(AccessStatement.Privilege named, OwnedObject object) {
    if (named.columns().isEmpty()) {
      return List.of(AccessList.ALL_COLUMNS);
    }
    List<Integer> columns = new ArrayList<>();
    for (Identifier column : named.columns()) {
      columns.add(
          RelationColumns.number(object, column.name())
              .orElseThrow(
                  () ->
                      new SqlException(
                              SqlState.UNDEFINED_COLUMN,
                              "column \""
                                  + column.name()
                                  + "\" of relation \""
                                  + object.name()
                                  + "\" does not exist")
                          .withPosition(column.position())));
    }
    return columns;
  }

  int oid(Grantee grantee) {
    return grantee.kind() == GranteeKind.PUBLIC
        ? AccessList.PUBLIC
        : new AccessCommands(context).grantee(grantee);
  }

  static OwnedObject withAccess(OwnedObject object, AccessList access) {
    return switch (object) {
      case TableDefinition table -> table.withAccess(access);
      case ViewDefinition view -> view.withAccess(access);
      case Schema s -> s.withAccess(access);
      case Database database -> database.withAccess(access);
      case Routine routine -> routine.withAccess(access);
    };
  }

  private List<OwnedObject> objects(GrantTarget target, int position) {
    List<OwnedObject> objects = new ArrayList<>(routines(target));
    for (QualifiedName name : target.names()) {
      switch (target.kind()) {
        case TABLE -> {
          if (target.allIn() == AccessStatement.Scope.OBJECTS) {
            objects.add(context.relation(name));
          } else {
            objects.addAll(context.catalog().relations(context.schema(name.last()).oid()));
          }
        }
        case FUNCTION, PROCEDURE -> {
          Routine.Kind kind = Routine.Kind.valueOf(target.kind().name());
          context.catalog().routines(context.schema(name.last()).oid()).stream()
              .filter(routine -> routine.kind() == kind)
              .forEach(objects::add);
        }
        case SCHEMA -> objects.add(context.schema(name.last()));
        case DATABASE -> objects.add(context.database(name.last()));
        default -> throw unsupported(target, position);
      }
    }
    if (objects.isEmpty() && target.names().isEmpty() && target.routines().isEmpty()) {
      throw unsupported(target, position);
    }
    return objects;
  }

  /// The functions and procedures that a target names, or those of its schemas.
  private List<Routine> routines(GrantTarget target) {
    boolean procedures = target.kind() == AccessStatement.TargetKind.PROCEDURE;
    ObjectKind kind = procedures ? ObjectKind.PROCEDURE : ObjectKind.FUNCTION;
    List<Routine> routines = new ArrayList<>();
    for (RoutineSignature signature : target.routines()) {
      routines.add(new RoutineCommands(context, ParserOptions.DEFAULT).one(kind, signature));
    }
    return routines;
  }

  private static SqlException unsupported(GrantTarget target, int position) {
    return new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "privileges on "
                + target.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + " are not supported")
        .withPosition(position);
  }

  private static Set<Privilege> possible(AccessStatement.Privilege name, OwnedObject object) {
    return switch (object) {
      case TableDefinition _, ViewDefinition _ when !name.columns().isEmpty() ->
          EnumSet.of(Privilege.SELECT, Privilege.UPDATE);
      case TableDefinition _, ViewDefinition _ ->
          ScopedPrivileges.possible(AccessList.Reach.TABLES);
      case Routine _ -> ScopedPrivileges.possible(AccessList.Reach.FUNCTIONS);
      case Schema _ -> ScopedPrivileges.possible(AccessList.Reach.SCHEMAS);
      case Database _ ->
          EnumSet.of(
              Privilege.USAGE,
              Privilege.CREATE,
              Privilege.TEMPORARY,
              Privilege.ALTER,
              Privilege.DROP);
    };
  }

  private static Set<Privilege> privileges(
      AccessStatement.Privilege name, OwnedObject object, int position) {
    Set<Privilege> possible = possible(name, object);
    if (name.name().equals("all")) {
      return possible;
    }
    String word = name.name().equals("temp") ? "TEMPORARY" : name.name().toUpperCase(Locale.ROOT);
    for (Privilege privilege : possible) {
      if (privilege.name().equals(word)) {
        return Set.of(privilege);
      }
    }
    String noun = name.columns().isEmpty() ? noun(object) : "column";
    throw new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "invalid privilege type " + word + " for " + noun)
        .withPosition(position);
  }

  private static String noun(OwnedObject object) {
    return switch (object) {
      case TableDefinition _, ViewDefinition _ -> "relation";
      case Schema _ -> "schema";
      case Database _ -> "database";
      case Routine routine -> routine.kind().name().toLowerCase(Locale.ROOT);
    };
  }
}
