package io.redward.gateway.dataapi;

import io.redward.gateway.aws.ApiBody;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.leader.session.Warehouse;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/// The Data API's operations for callers somebody else has identified, with the statements they
/// have submitted.
public final class DataOperations implements AutoCloseable {
  private final StatementDesk desk;
  private final StatementCalls statements;
  private final CatalogCalls catalog;

  public DataOperations(Warehouse warehouse, DataApiOptions options, InstantSource clock) {
    desk = new StatementDesk(warehouse, clock, options.directory(), options.limits());
    statements = new StatementCalls(desk, options.limits());
    catalog = new CatalogCalls(warehouse);
  }

  /// @param operation its name, such as `ExecuteStatement`
  /// @throws ApiException if there is no such operation, or in its words if it fails
  public ObjectNode answer(String operation, byte[] members, Caller caller) {
    ApiBody body = ApiBody.parse(members);
    return switch (operation) {
      case "ExecuteStatement" -> statements.execute(body, caller);
      case "BatchExecuteStatement" -> statements.executeBatch(body, caller);
      case "DescribeStatement" -> statements.describe(body, caller);
      case "GetStatementResult" -> statements.results(body, caller, false);
      case "GetStatementResultV2" -> statements.results(body, caller, true);
      case "ListStatements" -> statements.list(body, caller);
      case "CancelStatement" -> statements.cancel(body, caller);
      case "ListDatabases" -> catalog.databases(body, caller);
      case "ListSchemas" -> catalog.schemas(body, caller);
      case "ListTables" -> catalog.tables(body, caller);
      case "DescribeTable" -> catalog.columns(body, caller);
      default -> throw unknown(operation);
    };
  }

  static ApiException unknown(String operation) {
    return ApiException.of(
        400, "UnknownOperationException", "Operation \"" + operation + "\" does not exist.");
  }

  /// Takes no more statements; those that run go on.
  public void end() {
    desk.end();
  }

  /// Statements that have not ended.
  public long activeStatements() {
    return desk.active();
  }

  /// Stops what runs and forgets all statements.
  @Override
  public void close() {
    desk.close();
  }
}
