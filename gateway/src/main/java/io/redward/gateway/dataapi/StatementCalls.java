package io.redward.gateway.dataapi;

import io.redward.gateway.aws.ApiBody;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.gateway.aws.SqlParameter;
import io.redward.leader.session.ResultColumn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// The operations on statements.
final class StatementCalls {
  private static final int MOST_STATEMENTS_OF_BATCH = 40;
  private static final int MOST_PAGE = 100;
  private static final int LONGEST_WAIT_SECONDS = 30;
  private static final int LONGEST_KEEP_ALIVE_SECONDS = 86_400;

  private final StatementDesk desk;
  private final DataApiOptions.Limits limits;

  StatementCalls(StatementDesk desk, DataApiOptions.Limits limits) {
    this.desk = desk;
    this.limits = limits;
  }

  ObjectNode execute(ApiBody body, Caller caller) {
    return submit(body, caller, List.of(body.required("Sql")), false);
  }

  ObjectNode executeBatch(ApiBody body, Caller caller) {
    List<String> statements = body.strings("Sqls");
    if (statements.isEmpty() || statements.size() > MOST_STATEMENTS_OF_BATCH) {
      throw ApiException.validation(
          "Sqls must have 1 to " + MOST_STATEMENTS_OF_BATCH + " statements.");
    }
    return submit(body, caller, statements, true);
  }

  private ObjectNode submit(ApiBody body, Caller caller, List<String> statements, boolean batch) {
    for (String sql : statements) {
      if (sql.getBytes(StandardCharsets.UTF_8).length > limits.statementBytes()) {
        throw ApiException.validation(
            "Cannot process query string larger than " + (limits.statementBytes() >> 10) + "kB");
      }
    }
    ResultForm form = ResultForm.valueOf(oneOf(body, "ResultFormat", "JSON", "CSV", "TEXT"));
    boolean oneTransaction =
        oneOf(body, "ExecutionMode", "TRANSACTION", "AUTO_COMMIT").equals("TRANSACTION");
    StatementDesk.SessionWish wish = session(body, caller);
    Submission.Target target =
        switch (wish) {
          case StatementDesk.SessionWish.Fresh fresh -> fresh.target();
          case StatementDesk.SessionWish.Kept kept ->
              target(body, kept.loan().database(), kept.loan().user());
        };
    Submission submission =
        new Submission(
            statements,
            body.parameters(),
            target,
            body.string("StatementName"),
            batch,
            oneTransaction,
            form);
    StatementDesk.Receipt receipt =
        desk.submit(submission, wish, body.string("ClientToken"), caller);
    await(receipt.run(), body);
    ObjectNode answer = ApiBody.MAPPER.createObjectNode();
    answer.put("Id", receipt.run().id());
    time(answer, "CreatedAt", receipt.run().createdAt());
    addTarget(answer, receipt.run().submission().target());
    answer.put("Status", receipt.run().status().name());
    receipt.sessionId().ifPresent(id -> answer.put("SessionId", id));
    return answer;
  }

  private StatementDesk.SessionWish session(ApiBody body, Caller caller) {
    Optional<String> kept = body.string("SessionId");
    int keepAlive = body.number("SessionKeepAliveSeconds", 0, 0, LONGEST_KEEP_ALIVE_SECONDS);
    if (kept.isPresent()) {
      if (body.string("Database").isPresent() || body.string("DbUser").isPresent()) {
        throw ApiException.validation(
            "SessionId cannot be used with Database, DbUser, SecretArn, ClusterIdentifier or"
                + " WorkgroupName.");
      }
      ApiSessions.Loan loan = desk.sessions().take(kept.get(), caller);
      return new StatementDesk.SessionWish.Kept(
          keepAlive == 0
              ? loan
              : new ApiSessions.Loan(
                  loan.id(),
                  loan.session(),
                  loan.user(),
                  loan.database(),
                  Duration.ofSeconds(keepAlive)));
    }
    String user = caller.databaseUser(body.string("DbUser"));
    return new StatementDesk.SessionWish.Fresh(
        target(body, body.required("Database"), user), Duration.ofSeconds(keepAlive));
  }

  private static Submission.Target target(ApiBody body, String database, String user) {
    return new Submission.Target(
        body.string("ClusterIdentifier"),
        body.string("WorkgroupName"),
        body.string("SecretArn"),
        database,
        user);
  }

  /// @param allowed the usual one first
  private static String oneOf(ApiBody body, String member, String... allowed) {
    String value = body.string(member).orElse(allowed[0]).toUpperCase(Locale.ROOT);
    if (!List.of(allowed).contains(value)) {
      throw ApiException.validation(member + " must be " + String.join(" or ", allowed) + ".");
    }
    return value;
  }

  private static void await(StatementRun run, ApiBody body) {
    int seconds = body.number("WaitTimeSeconds", 0, 0, LONGEST_WAIT_SECONDS);
    try {
      run.await(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  ObjectNode cancel(ApiBody body, Caller caller) {
    String id = body.required("Id");
    if (!desk.find(id, caller).run().cancel()) {
      throw ApiException.validation(
          "Could not cancel a query that is already in "
              + desk.find(id, caller).run().status()
              + " state with ID: "
              + id);
    }
    return ApiBody.MAPPER.createObjectNode().put("Status", true);
  }

  ObjectNode describe(ApiBody body, Caller caller) {
    StatementDesk.Receipt receipt = desk.find(body.required("Id"), caller);
    StatementRun run = receipt.run();
    await(run, body);
    List<Part> parts = run.parts();
    Part last = parts.getLast();
    ObjectNode answer = ApiBody.MAPPER.createObjectNode();
    answer.put("Id", run.id());
    time(answer, "CreatedAt", run.createdAt());
    time(answer, "UpdatedAt", run.updatedAt());
    answer.put("Status", run.status().name());
    addTarget(answer, run.submission().target());
    answer.put("ResultFormat", run.submission().form().name());
    answer.put("Duration", parts.stream().mapToLong(p -> p.duration().toNanos()).sum());
    answer.put("RedshiftPid", run.processId().orElse(0));
    answer.put("HasResultSet", last.result().isPresent());
    receipt.sessionId().ifPresent(id -> answer.put("SessionId", id));
    run.parts().stream()
        .flatMap(part -> part.error().stream())
        .findFirst()
        .ifPresent(error -> answer.put("Error", error));
    if (run.submission().batch()) {
      answer.put(
          "ExecutionMode", run.submission().oneTransaction() ? "TRANSACTION" : "AUTO_COMMIT");
      ArrayNode list = answer.putArray("SubStatements");
      for (int i = 0; i < parts.size(); i++) {
        list.add(describePart(run.id() + ":" + (i + 1), parts.get(i)));
      }
    } else {
      answer.put("QueryString", last.sql());
      addCounts(answer, last);
    }
    addParameters(answer, run.submission().parameters());
    return answer;
  }

  private static ObjectNode describePart(String id, Part part) {
    ObjectNode node = ApiBody.MAPPER.createObjectNode();
    node.put("Id", id);
    time(node, "CreatedAt", part.createdAt());
    time(node, "UpdatedAt", part.updatedAt());
    node.put("Status", part.status().name());
    node.put("Duration", part.duration().toNanos());
    node.put("QueryString", part.sql());
    node.put("HasResultSet", part.result().isPresent());
    addCounts(node, part);
    part.error().ifPresent(error -> node.put("Error", error));
    return node;
  }

  private static void addCounts(ObjectNode node, Part part) {
    node.put("ResultRows", part.rows());
    node.put("ResultSize", part.result().map(ResultFile::byteCount).orElse(-1L));
  }

  private static void addParameters(ObjectNode node, List<SqlParameter> parameters) {
    if (!parameters.isEmpty()) {
      ArrayNode list = node.putArray("QueryParameters");
      parameters.forEach(p -> list.addObject().put("name", p.name()).put("value", p.value()));
    }
  }

  ObjectNode results(ApiBody body, Caller caller, boolean csv) {
    String id = body.required("Id");
    String[] names = id.split(":", 2);
    StatementRun run = desk.find(names[0], caller).run();
    await(run, body);
    ResultFile file = readable(run, names, csv);
    Part part = part(run, names);
    int page =
        body.has("FirstRow")
            ? file.pageOf(body.number("FirstRow", 0, 0, Integer.MAX_VALUE))
            : PageToken.read(body.string("NextToken"), id);
    if (page > 0 && page >= file.pageCount()) {
      throw ApiException.validation("The value of NextToken is invalid.");
    }
    ObjectNode answer = ApiBody.MAPPER.createObjectNode();
    ArrayNode columns = answer.putArray("ColumnMetadata");
    for (ResultColumn column : part.columns()) {
      columns.add(ColumnShape.of(column));
    }
    answer.put("TotalNumRows", file.rowCount());
    if (body.has("FirstRow")) {
      answer.put("FirstRow", file.firstRow(page));
    }
    String rows = file.pageCount() == 0 ? "" : new String(file.page(page), StandardCharsets.UTF_8);
    if (csv) {
      answer.put("ResultFormat", "CSV");
      answer.putArray("Records").addObject().put("CSVRecords", rows);
    } else {
      answer.putRawValue("Records", new RawValue(rows.isEmpty() ? "[]" : rows));
    }
    if (page + 1 < file.pageCount()) {
      answer.put("NextToken", PageToken.of(id, page + 1));
    }
    return answer;
  }

  private static Part part(StatementRun run, String[] names) {
    List<Part> parts = run.parts();
    if (!run.submission().batch()) {
      return parts.getFirst();
    }
    try {
      return parts.get(Integer.parseInt(names.length > 1 ? names[1] : "") - 1);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw ApiException.validation(
          "Name one statement of the batch by its Id in SubStatements, such as "
              + run.id()
              + ":1.");
    }
  }

  private static ResultFile readable(StatementRun run, String[] names, boolean csv) {
    if (csv != (run.submission().form() == ResultForm.CSV)) {
      throw ApiException.validation(
          csv
              ? "The statement was run with ResultFormat "
                  + run.submission().form()
                  + "; use GetStatementResult."
              : "The statement was run with ResultFormat CSV; use GetStatementResultV2.");
    }
    Part part = part(run, names);
    if (part.status() != StatementStatus.FINISHED) {
      throw ApiException.notFound(
          "Query is not in finished state; its status is " + part.status() + ".", run.id());
    }
    return part.result()
        .orElseThrow(() -> ApiException.notFound("Query does not have result.", run.id()));
  }

  ObjectNode list(ApiBody body, Caller caller) {
    Optional<String> name = body.string("StatementName");
    Optional<String> database = body.string("Database");
    String status = body.string("Status").orElse("ALL");
    int most = body.number("MaxResults", MOST_PAGE, 0, MOST_PAGE);
    List<StatementRun> found = new ArrayList<>();
    for (StatementDesk.Receipt receipt : desk.all(caller)) {
      StatementRun run = receipt.run();
      Submission submission = run.submission();
      boolean wanted =
          (status.equals("ALL") || run.status().name().equals(status))
              && name.map(n -> submission.name().filter(s -> s.startsWith(n)).isPresent())
                  .orElse(true)
              && database.map(submission.target().database()::equals).orElse(true);
      if (wanted) {
        found.add(run);
      }
    }
    int from = PageToken.read(body.string("NextToken"), "statements");
    int to = Math.min(found.size(), from + (most == 0 ? MOST_PAGE : most));
    ObjectNode answer = ApiBody.MAPPER.createObjectNode();
    ArrayNode list = answer.putArray("Statements");
    found.subList(Math.min(from, to), to).forEach(run -> list.add(summary(run)));
    if (to < found.size()) {
      answer.put("NextToken", PageToken.of("statements", to));
    }
    return answer;
  }

  private static ObjectNode summary(StatementRun run) {
    Submission submission = run.submission();
    ObjectNode node = ApiBody.MAPPER.createObjectNode();
    node.put("Id", run.id());
    time(node, "CreatedAt", run.createdAt());
    time(node, "UpdatedAt", run.updatedAt());
    node.put("Status", run.status().name());
    node.put("IsBatchStatement", submission.batch());
    node.put("QueryString", submission.statements().getFirst());
    ArrayNode texts = node.putArray("QueryStrings");
    submission.statements().forEach(texts::add);
    submission.name().ifPresent(name -> node.put("StatementName", name));
    submission.target().secret().ifPresent(secret -> node.put("SecretArn", secret));
    node.put("ResultFormat", submission.form().name());
    addParameters(node, submission.parameters());
    return node;
  }

  private static void addTarget(ObjectNode node, Submission.Target target) {
    target.cluster().ifPresent(cluster -> node.put("ClusterIdentifier", cluster));
    target.workgroup().ifPresent(workgroup -> node.put("WorkgroupName", workgroup));
    target.secret().ifPresent(secret -> node.put("SecretArn", secret));
    node.put("Database", target.database());
    node.put("DbUser", target.user());
  }

  /// Times are seconds since 1970 with a fraction.
  private static void time(ObjectNode node, String member, Instant time) {
    node.put(member, time.toEpochMilli() / 1000.0);
  }
}
