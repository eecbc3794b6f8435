package io.redward.server;

import io.redward.cluster.node.ClusterOptions;
import io.redward.cluster.node.Member;
import io.redward.cluster.node.NodeSnapshots;
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

/// A compute node: reads the shared store and runs fragments of queries that a leader sends. Writes
/// nothing to the store but the lease that says what it still reads.
public final class ComputeServer implements AutoCloseable {
  private static final long CODE_BYTES = 64L << 20;

  private final Namespace namespace;
  private final LocalRunner runner;
  private final Member member;

  private ComputeServer(Namespace namespace, LocalRunner runner, Member member) {
    this.namespace = namespace;
    this.runner = runner;
    this.member = member;
  }

  /// Opens the store and joins the cluster.
  ///
  /// @param directory for what is local: caches and temporary files
  public static ComputeServer start(Path directory, StorageSettings storage, ClusterOptions options)
      throws IOException {
    Files.createDirectories(directory);
    CodeStore code =
        EngineVersion.ofClassPath()
            .map(version -> CodeDirectory.open(directory.resolve("code"), version, CODE_BYTES))
            .orElse(CodeStore.NONE);
    LocalRunner runner =
        new LocalRunner(
            new ClassFileCompiler(code),
            ExpressionEvaluator::evaluate,
            NodeOptions.ofMachine(directory.resolve("temp")));
    Namespace namespace;
    try {
      namespace = EmbeddedWarehouse.openNamespace(directory, storage, ComputeServer::reading);
    } catch (RuntimeException e) {
      runner.close();
      throw e;
    }
    runner.clean();
    try {
      Member member = Member.join(options, runner, new NodeSnapshots(namespace));
      return new ComputeServer(namespace, runner, member);
    } catch (RuntimeException e) {
      runner.close();
      namespace.close();
      throw e;
    }
  }

  /// Folds, checkpoints and snapshots are the leader's.
  static StorageOptions reading(StorageOptions options) {
    return options
        .withFoldRowsets(Integer.MAX_VALUE)
        .withCheckpointCommits(Integer.MAX_VALUE)
        .withSnapshots(AutomaticSnapshots.Schedule.NONE);
  }

  /// Where other members reach this one.
  public String address() {
    return member.address();
  }

  /// Members of the cluster, this one included.
  public int memberCount() {
    return member.memberCount();
  }

  @Override
  public void close() {
    member.close();
    runner.close();
    namespace.close();
  }
}
