package io.redward.gateway.dataapi;

import io.redward.gateway.aws.ApiBody;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.gateway.aws.Callers;
import io.redward.gateway.aws.JsonCalls;
import io.redward.gateway.http.HttpAnswer;
import io.redward.gateway.http.HttpCall;
import io.redward.gateway.http.HttpPage;
import io.redward.leader.session.Warehouse;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/// The Data API's calls, each a POST whose target names the operation.
public final class DataApi implements HttpPage, AutoCloseable {
  public static final String TARGET_PREFIX = "RedshiftData.";

  private final StatementDesk desk;
  private final StatementCalls statements;
  private final CatalogCalls catalog;
  private final Callers callers;

  public DataApi(
      Warehouse warehouse, Callers callers, DataApiOptions options, InstantSource clock) {
    desk = new StatementDesk(warehouse, clock, options.directory(), options.limits());
    statements = new StatementCalls(desk, options.limits());
    catalog = new CatalogCalls(warehouse);
    this.callers = callers;
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    return JsonCalls.answer(() -> answer(call, callers.identify(call)));
  }

  private ObjectNode answer(HttpCall call, Caller caller) {
    String target = call.header("x-amz-target").orElse("");
    if (!target.startsWith(TARGET_PREFIX)) {
      throw unknown(target);
    }
    ApiBody body = ApiBody.parse(call.body());
    return switch (target.substring(TARGET_PREFIX.length())) {
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
      default -> throw unknown(target);
    };
  }

  private static ApiException unknown(String target) {
    return ApiException.of(
        400, "UnknownOperationException", "Operation \"" + target + "\" does not exist.");
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
