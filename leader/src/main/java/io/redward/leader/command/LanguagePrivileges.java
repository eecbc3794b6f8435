package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.AccessList.Reach;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Language;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.QualifiedName;
import java.util.List;
import java.util.Set;

/// USAGE ON LANGUAGE: the right to write functions in a language. Everybody has it for SQL and
/// PL/pgSQL; for the others superusers have it, and whoever was granted it. Grants are kept with
/// the database, by the language's number.
final class LanguagePrivileges {
  private final CommandContext context;

  LanguagePrivileges(CommandContext context) {
    this.context = context;
  }

  /// @throws SqlException 42501
  void require(String language, int position) {
    int oid = oid(language, position);
    boolean allowed =
        context.user().superuser()
            || database()
                .access()
                .allowsLanguage(Privileges.grantees(context.catalog(), context.user()), oid);
    if (!allowed) {
      throw new SqlException(
              SqlState.INSUFFICIENT_PRIVILEGE, "permission denied for language " + language)
          .withPosition(position);
    }
  }

  /// As the transaction sees it.
  private Database database() {
    return context.catalog().database(context.database().name()).orElseThrow();
  }

  private static int oid(String language, int position) {
    return Language.find(language)
        .map(Language::oid)
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_OBJECT, "language \"" + language + "\" does not exist")
                    .withPosition(position));
  }

  String grant(AccessStatement.GrantStatement statement) {
    change(
        statement.target().names(),
        statement.privileges(),
        statement.grantees(),
        (access, grantee, oid) ->
            access.grant(
                new AccessList.Grant(
                    grantee,
                    context.user().oid(),
                    Reach.LANGUAGES,
                    oid,
                    Set.of(Privilege.USAGE),
                    Set.of())));
    return "GRANT";
  }

  String revoke(AccessStatement.RevokeStatement statement) {
    change(
        statement.target().names(),
        statement.privileges(),
        statement.grantees(),
        (access, grantee, oid) ->
            access.revoke(
                new AccessList.Revocation(
                    grantee,
                    0,
                    Reach.LANGUAGES,
                    oid,
                    Set.of(Privilege.USAGE),
                    statement.grantOptionOnly(),
                    statement.cascade())));
    return "REVOKE";
  }

  private interface Change {
    AccessList of(AccessList access, int grantee, int language);
  }

  private void change(
      List<QualifiedName> languages,
      List<AccessStatement.Privilege> privileges,
      List<Grantee> grantees,
      Change change) {
    context.requireSuperuser("grant or revoke privileges on a language");
    for (AccessStatement.Privilege privilege : privileges) {
      if (!Set.of("usage", "all").contains(privilege.name())) {
        throw new SqlException(
            SqlState.INVALID_GRANT_OPERATION,
            "invalid privilege type " + privilege.name() + " for language");
      }
    }
    AccessList access = database().access();
    for (QualifiedName language : languages) {
      for (Grantee grantee : grantees) {
        int oid = oid(language.last().name(), language.position());
        access = change.of(access, new GrantCommands(context).oid(grantee), oid);
      }
    }
    context.writer().get().replace(database().withAccess(access));
  }
}
