package io.redward.bench.fuzz;

import io.redward.foundation.files.FileTree;
import io.redward.runtime.kernel.VectorKernels;
import io.redward.server.EmbeddedWarehouse;
import io.redward.storage.block.encoding.EncodedFilters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// An empty warehouse in this process that is gone when it is closed, and the other engine.
final class FuzzWarehouse implements AutoCloseable {
  private final Path directory;
  private final EmbeddedWarehouse warehouse;

  FuzzWarehouse() throws IOException {
    directory = Files.createTempDirectory("redward-fuzz");
    warehouse =
        EmbeddedWarehouse.start(
            directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true);
  }

  /// A connection whose statements end in time.
  Subject subject() throws SQLException {
    Subject subject =
        new Subject(DriverManager.getConnection(warehouse.url() + "?user=admin&connectTimeout=30"));
    try {
      subject.execute("set statement_timeout to 20000");
      subject.execute("set enable_result_cache_for_session to off");
      return subject;
    } catch (Subject.Refused | Subject.Broken e) {
      throw new SQLException(e);
    }
  }

  /// Gets the SIMD kernels compiled and used; without that the scalar ones are.
  static void useVectorKernels() {
    VectorKernels.warmUp(() -> {});
    EncodedFilters.warmUp(() -> {});
  }

  static Subject duckDb() throws SQLException {
    return new Subject(DriverManager.getConnection("jdbc:duckdb:"));
  }

  @Override
  public void close() throws IOException {
    warehouse.close();
    FileTree.delete(directory);
  }
}
