package io.redward.leader.binder;

import io.redward.leader.catalog.*;
import io.redward.leader.optimizer.ConstantFolder;
import io.redward.leader.optimizer.Optimizer;
import io.redward.leader.physical.*;
import io.redward.leader.relational.PlannerContext;
import java.nio.file.*;
import java.util.*;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.*;
import org.junit.jupiter.api.Test;

final class AdhocTest {
  @Test
  void all() throws Exception {
    StringBuilder out = new StringBuilder();
    for (String suite : new String[] {"tpch", "tpcds"}) {
      Path folder = Path.of("/work/shared/suites/" + suite);
      TestCatalog catalog = TestCatalog.of(Files.readString(folder.resolve("schema.sql")));
      for (Path query : Files.list(folder.resolve("queries")).sorted().toList()) {
        String stage = "bind";
        long t0 = System.nanoTime();
        try {
          PlannerContext planner = PlannerContext.create();
          BoundStatement.BoundQuery q =
              (BoundStatement.BoundQuery) catalog.bind(Files.readString(query), planner);
          long t1 = System.nanoTime();
          stage = "optimize";
          RelNode o = new Optimizer(ConstantFolder.NONE).optimize(planner, q.rel());
          stage = "physical";
          PhysicalPlanner.plan(
              o,
              StatementTarget.CLIENT,
              t ->
                  switch ((TableHandle) t.handle()) {
                    case TableHandle.Stored s ->
                        new ScanTarget.Stored(
                            s.table().oid(),
                            s.table().name(),
                            s.table().columns().stream().map(ColumnDefinition::id).toList(),
                            new DistributionStyle.Even());
                    case TableHandle.System s ->
                        new ScanTarget.System(s.table().schema(), s.table().name());
                  });
          out.append(
              suite + " " + query.getFileName() + " ok bind ms " + (t1 - t0) / 1000000 + "\n");
        } catch (Throwable e) {
          out.append(
              suite
                  + " "
                  + query.getFileName()
                  + " "
                  + stage
                  + " "
                  + e.toString().lines().limit(3).toList()
                  + Arrays.stream(e.getStackTrace()).limit(4).toList()
                  + "\n");
        }
      }
    }
    Files.writeString(Path.of("/tmp/adhoc.txt"), out.toString());
  }
}
