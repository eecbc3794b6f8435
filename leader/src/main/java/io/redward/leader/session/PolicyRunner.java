package io.redward.leader.session;

import io.redward.leader.binder.Binder;
import io.redward.leader.catalog.Attachment;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Policy;
import io.redward.leader.command.PolicyCommands;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.sql.ast.PolicyStatement;
import java.util.List;
import java.util.Optional;

/// Policy statements, with the binder at hand to see whether a policy fits a relation.
final class PolicyRunner {
  private final LeaderSession session;
  private final QueryRunner queries;

  PolicyRunner(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
  }

  String run(PolicyStatement statement) {
    return new PolicyCommands(queries.context(), session.warehouse().clock(), this::check)
        .run(statement);
  }

  private void check(Policy policy, OwnedObject relation, Optional<Attachment> mask) {
    Binder.checkPolicy(
        policy,
        relation,
        mask,
        queries.bindContext(session.transaction().snapshot(), List.of()),
        PlannerContext.create());
  }
}
