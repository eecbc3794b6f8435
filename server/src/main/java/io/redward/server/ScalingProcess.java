package io.redward.server;

import io.redward.cluster.node.NodeSnapshots;
import io.redward.cluster.scaling.ScalingServer;
import io.redward.codegen.ClassFileCompiler;
import io.redward.codegen.CodeDirectory;
import io.redward.codegen.CodeStore;
import io.redward.codegen.ExpressionEvaluator;
import io.redward.compute.node.LocalRunner;
import io.redward.compute.node.NodeOptions;
import io.redward.storage.table.Namespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// A scaling cluster of one process: reads the shared store and runs queries that a leader sends.
/// Writes nothing to the store but the lease that says what it still reads.
public final class ScalingProcess implements AutoCloseable {
  private static final long CODE_BYTES = 64L << 20;

  private final Namespace namespace;
  private final LocalRunner runner;
  private final ScalingServer server;

  private ScalingProcess(Namespace namespace, LocalRunner runner, ScalingServer server) {
    this.namespace = namespace;
    this.runner = runner;
    this.server = server;
  }

  /// Opens the store and listens.
  ///
  /// @param directory for what is local: caches and temporary files
  /// @param secret what the leader knows, too
  public static ScalingProcess start(
      Path directory, StorageSettings storage, InetSocketAddress address, String secret)
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
      NodeSnapshots snapshots = new NodeSnapshots(namespace);
      ScalingServer server = ScalingServer.listen(address, secret, runner, snapshots);
      return new ScalingProcess(namespace, runner, server);
    } catch (IOException | RuntimeException e) {
      runner.close();
      namespace.close();
      throw e;
    }
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    runner.close();
    namespace.close();
  }
}
