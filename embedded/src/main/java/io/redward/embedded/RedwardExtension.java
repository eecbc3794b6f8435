package io.redward.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives each test a database of its own: a clone of one that is prepared once a class. Tests take
/// a [Connection] to it as a parameter, or ask for its URL. One warehouse serves all classes of a
/// test run.
///
/// ```
/// @RegisterExtension
/// static final RedwardExtension REDWARD =
///     RedwardExtension.prepared("create table t (a int)", "insert into t values (1)");
///
/// @Test
/// void counts(Connection connection) throws SQLException { … }
/// ```
public final class RedwardExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RedwardExtension.class);
  private static final AtomicInteger CLASSES = new AtomicInteger();

  private final EmbeddedRedward.Preparation preparation;
  private final String template = "prepared_" + CLASSES.incrementAndGet();

  private RedwardExtension(EmbeddedRedward.Preparation preparation) {
    this.preparation = preparation;
  }

  /// A database that these statements make.
  public static RedwardExtension prepared(String... statements) {
    return prepared(
        connection -> {
          for (String each : statements) {
            try (java.sql.Statement statement = connection.createStatement()) {
              statement.execute(each);
            }
          }
        });
  }

  /// A database that `preparation` fills: migrations, COPY, whatever a connection can do.
  public static RedwardExtension prepared(EmbeddedRedward.Preparation preparation) {
    return new RedwardExtension(preparation);
  }

  /// What one test has been given.
  private static final class Given {
    private final String database;
    private final List<Connection> connections = new ArrayList<>();

    private Given(String database) {
      this.database = database;
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws SQLException {
    redward(context).prepare(template, preparation);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException {
    context.getStore(NAMESPACE).put(Given.class, new Given(redward(context).cloneOf(template)));
  }

  @Override
  public void afterEach(ExtensionContext context) throws SQLException {
    Given given = given(context);
    for (Connection connection : given.connections) {
      connection.close();
    }
    redward(context).drop(given.database);
  }

  @Override
  public void afterAll(ExtensionContext context) throws SQLException {
    redward(context).drop(template);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Connection.class || type == EmbeddedRedward.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() == EmbeddedRedward.class) {
      return redward(context);
    }
    Given given = given(context);
    try {
      Connection connection = redward(context).connect(given.database);
      given.connections.add(connection);
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Given given(ExtensionContext context) {
    return java.util.Objects.requireNonNull(
        context.getStore(NAMESPACE).get(Given.class, Given.class), "only inside of a test");
  }

  /// The run's warehouse, closed with the run.
  private static EmbeddedRedward redward(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            EmbeddedRedward.class, _ -> EmbeddedRedward.start(), EmbeddedRedward.class);
  }
}
