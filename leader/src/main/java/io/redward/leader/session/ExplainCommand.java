package io.redward.leader.session;

import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.SessionStatement.ExplainStatement;
import io.redward.leader.sql.ast.SessionStatement.ExplainView;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.plan.run.JoinMoves;
import java.util.ArrayList;
import java.util.List;

/// EXPLAIN: shows the value at any arrow of the [QueryPipeline], or with ANALYZE runs the statement
/// and shows what its steps did.
final class ExplainCommand {
  private final LeaderSession session;
  private final QueryRunner queries;

  ExplainCommand(LeaderSession session, QueryRunner queries) {
    this.session = session;
    this.queries = queries;
  }

  void run(ExplainStatement explain, ResultConsumer results) {
    results.columns(StatementRunner.Shape.text("QUERY PLAN").columns());
    List<String> lines = new ArrayList<>(lines(explain));
    if (explain.analyze()) {
      lines.add("");
      lines.addAll(new AnalyzedRun(session, queries).lines(explain.statement()));
    }
    TextRows.send(lines.stream().map(List::of).toList(), results);
    results.complete("EXPLAIN");
  }

  private List<String> lines(ExplainStatement explain) {
    Statement statement = explained(explain.statement());
    if (explain.view() == ExplainView.AST) {
      return SyntaxTree.lines(explain.statement());
    }
    StatementPlan plan = queries.plan(statement, "", List.of());
    SecuredExplain secured = new SecuredExplain(session, plan.bound().references());
    if (explain.view() != ExplainView.PLAN) {
      secured.requireAll();
    }
    if (explain.view() == ExplainView.LOGICAL) {
      return queries.logical(statement);
    }
    return switch (explain.view()) {
      case PLAN -> {
        JoinMoves moves = queries.joins(plan);
        yield secured.visible(
            explain.statement() instanceof TableStatement.CreateTableAsStatement
                ? plan.planned().explainStored(moves)
                : plan.planned().explain(moves));
      }
      case AST, LOGICAL -> List.of();
      case PHYSICAL -> plan.planned().explainPhysical();
      case SEGMENTS -> plan.planned().explainSegments();
      case CODE -> session.warehouse().engine().codePrinter().print(plan.planned().plan());
    };
  }

  /// CREATE TABLE AS is explained as its query.
  private static Statement explained(Statement statement) {
    return statement instanceof TableStatement.CreateTableAsStatement create
        ? new DataStatement.QueryStatement(create.query())
        : statement;
  }
}
