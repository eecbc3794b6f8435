package io.redward.server;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.redward.codegen.ClassFileCompiler;
import io.redward.codegen.ExpressionEvaluator;
import io.redward.compute.node.LocalRunner;
import io.redward.compute.node.NodeOptions;
import io.redward.leader.session.Engine;
import io.redward.load.FileLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The statements of the warm-up are statements that run.
class WarmUpTest {
  /// A server that nobody uses.
  private record Nobody() implements WarmUp.Served {
    @Override
    public boolean busy() {
      return false;
    }

    @Override
    public void certificate() {}

    @Override
    public void replay(Duration limit, Runnable beforeEach) {
      beforeEach.run();
    }

    @Override
    public void kernels(Runnable pause) {
      pause.run();
    }
  }

  @Test
  void allStatementsOfTheWarmUpRun() {
    try (LocalRunner runner =
        new LocalRunner(
            new ClassFileCompiler(),
            ExpressionEvaluator::evaluate,
            NodeOptions.ofMachine(Path.of("target", "spill")))) {
      Engine engine =
          new Engine(
              runner,
              new FileLoader(List.of(), 1),
              (_, _) -> {
                throw new IllegalStateException("the warm-up unloads nothing");
              },
              ExpressionEvaluator::evaluate,
              plan -> List.of());
      WarmUp warmUp = new WarmUp(engine, new WarmUp.Rounds(1, 1, 0));
      warmUp.goOn(new Nobody());
      assertThatCode(warmUp::runStatements).doesNotThrowAnyException();
    }
  }
}
