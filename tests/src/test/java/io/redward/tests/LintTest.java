package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.leader.lint.Lint;
import io.redward.leader.session.Session;
import io.redward.leader.session.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `redward lint` over a file of statements.
class LintTest {
  @TempDir private Path directory;

  @Test
  void eachStatementIsJudgedWithItsPlace() throws Exception {
    String text =
        """
        create table t (a integer, b varchar(10));
        select a from t where b = 'x;y';
        select a frm t wher 1;
        -- a comment; with a semicolon
        select *
          from (values (1)) v (n);
        select current_schema() from t;
        select c from t;
        select x from elsewhere;
        explain select a from t;
        explain analyze select a from t;
        explain (segments) select a from t;
        """;
    try (TestWarehouse warehouse = new TestWarehouse(directory)) {
      Session session =
          warehouse
              .warehouse()
              .leader()
              .open(new Warehouse.Login("admin", "dev", "lint", 0), Map.of());
      List<Lint.Verdict> verdicts = new Lint(session).check(text);
      session.close();

      assertThat(verdicts).hasSize(10);
      assertThat(verdicts.stream().map(Lint.Verdict::taken))
          .containsExactly(true, true, false, false, false, false, true, true, false, false);
      assertThat(verdicts.stream().map(Lint.Verdict::line))
          .containsExactly(1, 2, 3, 6, 7, 8, 9, 10, 11, 12);
      assertThat(verdicts.get(2).refusals().getFirst()).contains("syntax error");
      assertThat(verdicts.get(3).column()).isEqualTo(9);
      assertThat(verdicts.get(4).refusals().getFirst()).contains("not supported");
      assertThat(verdicts.get(5).refusals().getFirst()).contains("column \"c\" does not exist");
      assertThat(verdicts.get(6).unknown()).contains("elsewhere");
    }
  }
}
