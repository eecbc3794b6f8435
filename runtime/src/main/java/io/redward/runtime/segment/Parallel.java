package io.redward.runtime.segment;

import java.util.function.IntConsumer;

/// Runs the parts of one job on the workers of a query.
public interface Parallel {
  /// How many tasks can run at the same time.
  int workers();

  /// Runs `task` for 0 … tasks - 1, several at once, and returns when all have ended. The first
  /// exception of a task is thrown again.
  void run(int tasks, IntConsumer task);

  /// Everything on the calling thread.
  Parallel SEQUENTIAL =
      new Parallel() {
        @Override
        public int workers() {
          return 1;
        }

        @Override
        public void run(int tasks, IntConsumer task) {
          for (int index = 0; index < tasks; index++) {
            task.accept(index);
          }
        }
      };
}
