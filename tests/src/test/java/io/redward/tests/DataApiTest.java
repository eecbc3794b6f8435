package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataClient;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.Field;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultResponse;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultV2Response;
import software.amazon.awssdk.services.redshiftdata.model.RedshiftDataException;
import software.amazon.awssdk.services.redshiftdata.model.ResourceNotFoundException;
import software.amazon.awssdk.services.redshiftdata.model.ResultFormatString;
import software.amazon.awssdk.services.redshiftdata.model.SqlParameter;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;
import software.amazon.awssdk.services.redshiftdata.model.ValidationException;

/// The Data API spoken to by AWS's own SDK for Java, with signed calls.
class DataApiTest {
  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static URI endpoint;
  private static RedshiftDataClient admin;

  @BeforeAll
  static void start() throws IOException, SQLException {
    warehouse = new TestWarehouse(directory.resolve("data"));
    try (Connection connection = warehouse.connect()) {
      TestWarehouse.execute(
          connection,
          "create user analyst password 'Secret123'",
          "create table people (id integer not null, name varchar(20) default 'nobody',"
              + " born date, score decimal(10,2), height float8, here boolean)",
          "insert into people values (1, 'Ada', '1815-12-10', 10.50, 1.65, true),"
              + " (2, 'Gr,\"ace', '1906-12-09', 20.25, 1.7, false),"
              + " (3, null, null, null, null, null)",
          "create table numbers as select a.id + 10 * b.id + 100 * c.id as n"
              + " from people a, people b, people c");
    }
    Path keys = directory.resolve("keys");
    Files.writeString(
        keys,
        "[admin]\naws_access_key_id = AKADMIN\naws_secret_access_key = admin-secret\n"
            + "[analyst]\naws_access_key_id = AKANALYST\naws_secret_access_key = other-secret\n");
    int port =
        warehouse
            .warehouse()
            .serveHttp(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                false,
                Optional.of(keys));
    endpoint = URI.create("http://127.0.0.1:" + port);
    admin = client("AKADMIN", "admin-secret");
  }

  @AfterAll
  static void stop() {
    admin.close();
    warehouse.close();
  }

  private static RedshiftDataClient client(String key, String secret) {
    return RedshiftDataClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
        .build();
  }

  private static DescribeStatementResponse run(String sql, SqlParameter... parameters) {
    ExecuteStatementResponse started =
        admin.executeStatement(
            r -> {
              r.sql(sql).database("dev").workgroupName("default").waitTimeSeconds(30);
              if (parameters.length > 0) {
                r.parameters(parameters);
              }
            });
    return admin.describeStatement(r -> r.id(started.id()).waitTimeSeconds(30));
  }

  private static SqlParameter parameter(String name, String value) {
    return SqlParameter.builder().name(name).value(value).build();
  }

  @Test
  void rows_come_back_in_typed_fields() {
    DescribeStatementResponse ended = run("select * from people order by id");
    assertThat(ended.status()).isEqualTo(StatusString.FINISHED);
    assertThat(ended.hasResultSet()).isTrue();
    assertThat(ended.resultRows()).isEqualTo(3);
    GetStatementResultResponse result = admin.getStatementResult(r -> r.id(ended.id()));
    assertThat(result.totalNumRows()).isEqualTo(3);
    assertThat(result.columnMetadata().stream().map(c -> c.name() + ":" + c.typeName()))
        .containsExactly(
            "id:int4", "name:varchar", "born:date", "score:numeric", "height:float8", "here:bool");
    assertThat(result.columnMetadata().get(3).precision()).isEqualTo(10);
    assertThat(result.columnMetadata().get(3).scale()).isEqualTo(2);
    assertThat(result.records().getFirst())
        .containsExactly(
            Field.fromLongValue(1L),
            Field.fromStringValue("Ada"),
            Field.fromStringValue("1815-12-10"),
            Field.fromStringValue("10.50"),
            Field.fromDoubleValue(1.65),
            Field.fromBooleanValue(true));
    assertThat(result.records().get(2).get(1)).isEqualTo(Field.fromIsNull(true));
  }

  @Test
  void csv_rows_are_quoted_where_needed() {
    String id =
        admin
            .executeStatement(
                r ->
                    r.sql("select id, name, score from people order by id")
                        .database("dev")
                        .clusterIdentifier("any")
                        .resultFormat(ResultFormatString.CSV)
                        .waitTimeSeconds(30))
            .id();
    GetStatementResultV2Response result = admin.getStatementResultV2(r -> r.id(id));
    assertThat(result.records().getFirst().csvRecords())
        .isEqualTo("1,Ada,10.50\r\n2,\"Gr,\"\"ace\",20.25\r\n3,,\r\n");
    assertThatThrownBy(() -> admin.getStatementResult(r -> r.id(id)))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void named_parameters_take_the_type_of_their_place() {
    DescribeStatementResponse ended =
        run(
            "select name, ':id'::varchar from people where id = :id and born < :day or name = :id",
            parameter("id", "1"),
            parameter("day", "1900-01-01"));
    assertThat(ended.error()).isNull();
    assertThat(admin.getStatementResult(r -> r.id(ended.id())).records())
        .containsExactly(List.of(Field.fromStringValue("Ada"), Field.fromStringValue(":id")));
    assertThat(run("select :a + 1", parameter("b", "1")).error())
        .contains("Parameter a has no value");
  }

  @Test
  void large_results_come_in_pages() {
    DescribeStatementResponse ended =
        run(
            "select a.id * 1000000 + row_number() over () as n from people a, people b, people c,"
                + " people d, people e, people f, people g, people h, people i, people j");
    assertThat(ended.error()).isNull();
    List<Long> values = new ArrayList<>();
    admin
        .getStatementResultPaginator(r -> r.id(ended.id()))
        .records()
        .forEach(row -> values.add(row.getFirst().longValue() % 1_000_000));
    assertThat(values).hasSize(59_049).doesNotHaveDuplicates();
  }

  @Test
  void an_error_is_told_with_its_place() {
    DescribeStatementResponse ended = run("select nothing from people");
    assertThat(ended.status()).isEqualTo(StatusString.FAILED);
    assertThat(ended.error()).contains("column \"nothing\" does not exist").contains("Position");
    assertThatThrownBy(() -> admin.getStatementResult(r -> r.id(ended.id())))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> admin.describeStatement(r -> r.id(UUID.randomUUID().toString())))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(
            () -> admin.executeStatement(r -> r.database("dev").sql(" ".repeat(200_000))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("100kB");
  }

  @Test
  void a_batch_is_one_transaction() {
    run("create table ledger (n integer)");
    String failed =
        admin
            .batchExecuteStatement(
                r ->
                    r.sqls("insert into ledger values (1)", "select 1 / 0", "select 2")
                        .database("dev")
                        .waitTimeSeconds(30))
            .id();
    DescribeStatementResponse description = admin.describeStatement(r -> r.id(failed));
    assertThat(description.status()).isEqualTo(StatusString.FAILED);
    assertThat(description.subStatements().stream().map(s -> s.statusAsString()))
        .containsExactly("FINISHED", "FAILED", "ABORTED");
    String good =
        admin
            .batchExecuteStatement(
                r ->
                    r.sqls("insert into ledger values (2)", "select n from ledger")
                        .database("dev")
                        .waitTimeSeconds(30))
            .id();
    assertThat(admin.getStatementResult(r -> r.id(good + ":2")).records())
        .containsExactly(List.of(Field.fromLongValue(2L)));
  }

  @Test
  void a_session_keeps_its_temporary_tables_and_a_client_token_its_statement() {
    ExecuteStatementResponse first =
        admin.executeStatement(
            r ->
                r.sql("create temporary table kept (n integer)")
                    .database("dev")
                    .sessionKeepAliveSeconds(60)
                    .waitTimeSeconds(30));
    assertThat(first.sessionId()).isNotNull();
    String insert =
        admin
            .executeStatement(
                r ->
                    r.sql("insert into kept values (7)")
                        .sessionId(first.sessionId())
                        .waitTimeSeconds(30))
            .id();
    assertThat(admin.describeStatement(r -> r.id(insert)).error()).isNull();
    String token = UUID.randomUUID().toString();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ids.add(
          admin
              .executeStatement(
                  r -> r.sql("select 1").database("dev").clientToken(token).waitTimeSeconds(30))
              .id());
    }
    assertThat(ids.getFirst()).isEqualTo(ids.get(1));
  }

  @Test
  void a_running_statement_is_cancelled() {
    String id =
        admin
            .executeStatement(
                r ->
                    r.sql(
                            "select count(*) from numbers a, numbers b, numbers c, numbers d,"
                                + " numbers e, numbers f, numbers g, numbers h"
                                + " where (a.n * b.n + c.n * d.n + e.n * f.n + g.n * h.n) % 7 = 3")
                        .database("dev")
                        .statementName("endless"))
            .id();
    assertThat(admin.cancelStatement(r -> r.id(id)).status()).isTrue();
    assertThat(admin.describeStatement(r -> r.id(id).waitTimeSeconds(30)).status())
        .isEqualTo(StatusString.ABORTED);
    assertThat(admin.listStatements(r -> r.statementName("end")).statements())
        .extracting(s -> s.id())
        .containsExactly(id);
    assertThatThrownBy(() -> admin.cancelStatement(r -> r.id(id)))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void the_catalog_is_listed() {
    assertThat(admin.listDatabases(r -> r.database("dev")).databases()).contains("dev");
    assertThat(admin.listSchemas(r -> r.database("dev").schemaPattern("pub%")).schemas())
        .containsExactly("public");
    assertThat(
            admin
                .listTables(r -> r.database("dev").schemaPattern("public").tablePattern("peop%"))
                .tables())
        .extracting(t -> t.schema() + "." + t.name() + " " + t.type())
        .containsExactly("public.people TABLE");
    assertThat(
            admin
                .describeTable(r -> r.database("dev").schema("public").table("people"))
                .columnList())
        .extracting(c -> c.name() + " " + c.nullable())
        .startsWith("id 0", "name 1");
  }

  @Test
  void each_key_stands_for_its_user() {
    try (RedshiftDataClient analyst = client("AKANALYST", "other-secret")) {
      String id =
          analyst
              .executeStatement(
                  r -> r.sql("select current_user").database("dev").waitTimeSeconds(30))
              .id();
      assertThat(analyst.getStatementResult(r -> r.id(id)).records())
          .containsExactly(List.of(Field.fromStringValue("analyst")));
      String adminsOwn = run("select 1").id();
      assertThatThrownBy(() -> analyst.describeStatement(r -> r.id(adminsOwn)))
          .isInstanceOf(ResourceNotFoundException.class);
      assertThatThrownBy(
              () ->
                  analyst.executeStatement(r -> r.sql("select 1").database("dev").dbUser("admin")))
          .hasMessageContaining("stands for database user");
    }
  }

  @Test
  void unsigned_and_wrongly_signed_calls_are_refused() throws IOException, InterruptedException {
    try (RedshiftDataClient wrong = client("AKADMIN", "guess")) {
      assertThatThrownBy(() -> wrong.listDatabases(r -> r.database("dev")))
          .isInstanceOf(RedshiftDataException.class)
          .hasMessageContaining("does not match the signature");
    }
    try (RedshiftDataClient unknown = client("AKNOBODY", "guess")) {
      assertThatThrownBy(() -> unknown.listDatabases(r -> r.database("dev")))
          .hasMessageContaining("security token");
    }
    try (HttpClient plain = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          plain.send(
              HttpRequest.newBuilder(endpoint)
                  .header("X-Amz-Target", "RedshiftData.ListDatabases")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"Database\":\"dev\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("MissingAuthenticationTokenException");
    }
  }
}
