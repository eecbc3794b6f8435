package io.redward.leader.session;

import io.redward.leader.binder.BoundStatement;
import io.redward.leader.binder.BoundStatement.AppliedPolicy;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Policy;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.system.AccessLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Writes the audit log of one session.
final class Audit {
  private final LeaderSession session;
  private final AccessLog log;

  Audit(LeaderSession session) {
    this.session = session;
    log = session.warehouse().accesses();
  }

  private Instant now() {
    return session.warehouse().clock().instant();
  }

  void connection(String event) {
    Duration open =
        event.startsWith("disconnecting")
            ? Duration.between(session.startedAt(), now())
            : Duration.ZERO;
    log.add(
        new AccessLog.Connection(
            event,
            now(),
            session.login().remoteAddress(),
            session.processId(),
            session.login().database(),
            session.login().user(),
            session.settings().get("application_name"),
            open.toNanos() / 1_000,
            session.login().client()));
  }

  /// Notes what a statement has done to users.
  void users(Catalog before, Catalog after) {
    for (User user : after.users()) {
      Optional<User> old = before.user(user.oid());
      if (old.isEmpty()) {
        change("create", user, Optional.empty());
      } else if (!old.get().name().equals(user.name())) {
        change("rename", user, old.map(User::name));
      } else if (!old.get().equals(user)) {
        change("alter", user, Optional.empty());
      }
    }
    for (User user : before.users()) {
      if (after.user(user.oid()).isEmpty()) {
        change("drop", user, Optional.empty());
      }
    }
  }

  private void change(String action, User user, Optional<String> oldName) {
    log.add(
        new AccessLog.UserChange(
            user.oid(),
            user.name(),
            oldName,
            action,
            user.createDatabase(),
            user.superuser(),
            user.account().validUntil(),
            session.processId(),
            session.transaction().number().orElse(0L),
            now()));
  }

  /// Notes the policies a statement is subject to.
  void policies(BoundStatement statement, int queryId) {
    if (statement.references().policies().isEmpty() && !statement.references().masked()) {
      return;
    }
    Catalog catalog = session.transaction().catalog();
    char command =
        switch (statement) {
          case BoundStatement.BoundQuery _, BoundStatement.RestoredQuery _ -> 's';
          case BoundStatement.BoundInsert _ -> 'i';
          case BoundStatement.BoundDelete _ -> 'd';
          case BoundStatement.BoundUpdate _, BoundStatement.BoundMerge _ -> 'u';
        };
    for (AppliedPolicy applied : statement.references().policies()) {
      log.add(use(catalog, applied, queryId, command));
    }
    for (AppliedPolicy applied : statement.references().masks()) {
      log.addMask(use(catalog, applied, queryId, command));
    }
  }

  private AccessLog.PolicyUse use(
      Catalog catalog, AppliedPolicy applied, int queryId, char command) {
    CatalogObject relation = catalog.object(applied.relation()).orElse(null);
    int schema =
        switch (relation) {
          case TableDefinition table -> table.schemaOid();
          case ViewDefinition view -> view.schemaOid();
          case null, default -> 0;
        };
    return new AccessLog.PolicyUse(
        LoggedStatement.issuer(session),
        queryId,
        session.transaction().number().orElse(0L),
        now(),
        command,
        catalog.schema(schema).map(Schema::name).orElse(""),
        relation == null ? "" : relation.name(),
        relation instanceof ViewDefinition ? "view" : "table",
        applied.policy().flatMap(catalog.policies()::policy).map(Policy::name));
  }

  /// Somebody has ended a session or its statement.
  void signal(int processId, boolean statementOnly) {
    log.add(
        new AccessLog.Signal(
            processId, now(), session.user().oid(), statementOnly ? "CANCEL" : "TERMINATE"));
  }
}
