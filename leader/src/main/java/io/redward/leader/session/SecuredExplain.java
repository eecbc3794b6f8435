package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.BoundStatement.References;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.system.PlanText;
import io.redward.plan.run.PlanRunner;
import java.util.ArrayList;
import java.util.List;

/// What EXPLAIN shows of a statement that policies hold for: without EXPLAIN RLS not what is below
/// an `RLS SecureScan`, and without EXPLAIN MASKING no conditions, where masking expressions stand.
final class SecuredExplain {
  private static final String SECURE_SCAN = "RLS SecureScan ";

  private final References references;
  private final boolean seesRows;
  private final boolean seesMasks;

  SecuredExplain(LeaderSession session, References references) {
    this.references = references;
    Catalog catalog = session.transaction().catalog();
    seesRows = Privileges.holds(catalog, session.user(), SystemPrivilege.EXPLAIN_RLS);
    seesMasks = Privileges.holds(catalog, session.user(), SystemPrivilege.EXPLAIN_MASKING);
  }

  /// The lines of a statement's plan that the session's user may see.
  static PlanText text(LeaderSession session, StatementPlan plan) {
    References references = plan.bound().references();
    PlanRunner runner = session.warehouse().engine().runner();
    // On several machines the lines say how joins were run, which is known when they are written.
    PlanText text =
        runner.spreads()
            ? new PlanText(() -> plan.planned().explain(runner.lastJoins(plan.planned().plan())))
            : plan.text();
    if (references.policies().isEmpty() && !references.masked()) {
      return text;
    }
    SecuredExplain shown = new SecuredExplain(session, references);
    return new PlanText(() -> shown.visible(text.lines()));
  }

  /// Refuses views of a plan that show everything.
  void requireAll() {
    boolean rows = seesRows || references.policies().isEmpty();
    if (!rows || references.masked() && !seesMasks) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "permission denied to explain a statement with security policies in this form");
    }
  }

  /// The lines of a plan that the user may see.
  List<String> visible(List<String> lines) {
    List<String> shown = new ArrayList<>();
    int secured = -1;
    boolean below = false;
    for (String line : lines) {
      int indent = line.length() - line.stripLeading().length();
      boolean node = line.contains("(cost=");
      if (node) {
        below = secured >= 0 && indent > secured;
        secured = below ? secured : -1;
      }
      boolean condition = !node && line.contains(": ");
      if (!below && !(condition && references.masked() && !seesMasks)) {
        shown.add(line);
      }
      if (node && !below && !seesRows && line.contains(SECURE_SCAN)) {
        secured = indent;
      }
    }
    return shown;
  }
}
