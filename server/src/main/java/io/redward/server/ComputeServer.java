package io.redward.server;

import io.redward.cluster.node.ClusterOptions;
import io.redward.cluster.node.Member;
import io.redward.cluster.node.NodeSnapshots;
import java.io.IOException;
import java.nio.file.Path;

/// A compute node: reads the shared store and runs fragments of queries that a leader sends. Writes
/// nothing to the store but the lease that says what it still reads.
public final class ComputeServer implements AutoCloseable {
  private final ReadingNode node;
  private final Member member;

  private ComputeServer(ReadingNode node, Member member) {
    this.node = node;
    this.member = member;
  }

  /// Opens the store and joins the cluster.
  ///
  /// @param directory for what is local: caches and temporary files
  public static ComputeServer start(Path directory, StorageSettings storage, ClusterOptions options)
      throws IOException {
    ReadingNode node = ReadingNode.open(directory, storage);
    try {
      NodeSnapshots snapshots = new NodeSnapshots(node.namespace());
      return new ComputeServer(node, Member.join(options, node.runner(), snapshots));
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
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
    node.close();
  }
}
