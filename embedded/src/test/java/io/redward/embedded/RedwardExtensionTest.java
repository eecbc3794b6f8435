package io.redward.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every test sees what was prepared and nothing of what other tests do.
class RedwardExtensionTest {
  @RegisterExtension
  static final RedwardExtension REDWARD =
      RedwardExtension.prepared(
          "create table fruits (name varchar(20), price decimal(6,2))",
          "insert into fruits values ('apple', 1.20), ('pear', 1.50), ('plum', 3)");

  static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from fruits")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @RepeatedTest(3)
  void a_test_begins_with_what_was_prepared_and_changes_only_its_own(Connection connection)
      throws SQLException {
    assertThat(count(connection)).isEqualTo(3);
    try (Statement statement = connection.createStatement()) {
      statement.execute("delete from fruits where price > 1.40");
    }
    assertThat(count(connection)).isEqualTo(1);
  }

  @Test
  void two_connections_of_a_test_see_the_same_database(Connection one, Connection other)
      throws SQLException {
    try (Statement statement = one.createStatement()) {
      statement.execute("insert into fruits values ('fig', 4)");
    }
    assertThat(count(other)).isEqualTo(4);
  }

  @Test
  void the_warehouse_itself_may_be_asked_for(EmbeddedRedward redward, Connection connection)
      throws SQLException {
    assertThat(connection.getCatalog()).startsWith("prepared_");
    assertThat(redward.url()).startsWith("jdbc:postgresql://127.0.0.1:" + redward.port());
  }
}
