package io.redward.server;

import io.redward.codegen.ClassFileCompiler;
import io.redward.codegen.CodeDirectory;
import io.redward.codegen.CodeStore;
import io.redward.codegen.ExpressionEvaluator;
import io.redward.compute.node.LocalRunner;
import io.redward.compute.node.NodeOptions;
import io.redward.storage.namespace.AutomaticSnapshots;
import io.redward.storage.namespace.StorageOptions;
import io.redward.storage.table.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a process that works for a leader has of a warehouse: the store, to which it writes nothing
/// but the lease that says what it still reads, and workers.
record ReadingNode(Namespace namespace, LocalRunner runner) implements AutoCloseable {
  /// Some ten thousand segments.
  private static final long CODE_BYTES = 64L << 20;

  /// @param directory for what is local: caches and temporary files
  static ReadingNode open(Path directory, StorageSettings storage) throws IOException {
    Files.createDirectories(directory);
    LocalRunner runner = runner(directory, compiler(directory, EngineVersion.ofClassPath()));
    try {
      Namespace namespace =
          EmbeddedWarehouse.openNamespace(directory, storage, ReadingNode::reading);
      runner.clean();
      return new ReadingNode(namespace, runner);
    } catch (RuntimeException e) {
      runner.close();
      throw e;
    }
  }

  /// Workers of the machine's number that spill to a directory's `temp`.
  static LocalRunner runner(Path directory, ClassFileCompiler compiler) {
    return new LocalRunner(
        compiler, ExpressionEvaluator::evaluate, NodeOptions.ofMachine(directory.resolve("temp")));
  }

  /// A compiler that keeps what it made in a directory's `code`.
  ///
  /// @param build whose classes are no other build's; without one nothing is kept
  static ClassFileCompiler compiler(Path directory, Optional<String> build) {
    return new ClassFileCompiler(
        build
            .map(version -> CodeDirectory.open(directory.resolve("code"), version, CODE_BYTES))
            .orElse(CodeStore.NONE));
  }

  /// Folds, checkpoints and snapshots are the leader's.
  private static StorageOptions reading(StorageOptions options) {
    return options
        .withFoldRowsets(Integer.MAX_VALUE)
        .withCheckpointCommits(Integer.MAX_VALUE)
        .withSnapshots(AutomaticSnapshots.Schedule.NONE);
  }

  @Override
  public void close() {
    runner.close();
    namespace.close();
  }
}
