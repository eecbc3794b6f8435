package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// A warehouse whose store lies in a bucket, the bucket's server, and one connection. The bucket
/// `warehouse` is the directory `s3/warehouse` below the test's own.
final class BucketWarehouse implements AutoCloseable {
  private final S3Server bucket;
  private final TestWarehouse warehouse;
  private final Connection connection;

  BucketWarehouse(Path directory) throws Exception {
    bucket = new S3Server(directory.resolve("s3"));
    warehouse = new TestWarehouse(directory.resolve("warehouse"), bucket.store("store"));
    connection = warehouse.connect();
  }

  void execute(String... statements) throws SQLException {
    TestWarehouse.execute(connection, statements);
  }

  /// @see TestWarehouse#rows
  List<String> rows(String query) throws SQLException {
    return TestWarehouse.rows(connection, query);
  }

  void refused(String sql, String message) {
    assertThatThrownBy(() -> execute(sql))
        .as(sql)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(message);
  }

  @Override
  public void close() throws Exception {
    connection.close();
    warehouse.close();
    bucket.close();
  }
}
