package io.redward.cluster.scaling;

import java.io.IOException;

/// Starts and ends clusters that are added for a while.
public interface Provisioner extends AutoCloseable {
  /// Starts a cluster and waits until it takes queries.
  ///
  /// @param number from 0 on; no other cluster that is there has it
  /// @throws IOException if it cannot be started; nothing of it is left then
  Provisioned start(int number) throws IOException, InterruptedException;

  /// Ends what is left of clusters of an earlier process of this server.
  default void clean() throws IOException {}

  @Override
  default void close() {}

  /// A cluster that was started.
  interface Provisioned extends AutoCloseable {
    String host();

    int port();

    /// Whether it may still be there.
    boolean alive();

    /// Ends it; what it does is lost.
    @Override
    void close();
  }
}
