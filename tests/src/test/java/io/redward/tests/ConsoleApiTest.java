package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console's calls as a browser, or somebody who is none, would make them.
class ConsoleApiTest {
  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;
  private static String address;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /// What a page holds after a login.
  private record Login(String cookie, String token) {}

  @BeforeAll
  static void start() throws IOException, SQLException {
    warehouse = new TestWarehouse(directory.resolve("data"));
    warehouse.execute(
        "create user analyst password 'Secret123'",
        "create user digested password"
            + " 'sha256|72a19c6ee1f4ef3b2d01b2ea5d9e9bd2a9e2a0d2e0d0d4f46ff3b5b1c5d5a7c0|salt'",
        "create user md5er password 'md5" + md5("Old12345md5er") + "'",
        "create table secrets (s varchar(20))",
        "insert into secrets values ('hidden')",
        "create table digits as select 1 as d union all select 2 union all select 3"
            + " union all select 4 union all select 5",
        "grant select on digits to analyst");
    int port =
        warehouse
            .warehouse()
            .serveHttp(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                false,
                Optional.empty());
    address = "http://127.0.0.1:" + port;
  }

  private static String md5(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> post(
      String operation, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/console/api/" + operation))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> logInAs(String user, String password)
      throws IOException, InterruptedException {
    return post(
        "Login",
        "{\"User\":\"%s\",\"Password\":\"%s\",\"Database\":\"dev\"}".formatted(user, password),
        Map.of("content-type", "application/json"));
  }

  private static Login analyst() throws IOException, InterruptedException {
    HttpResponse<String> answer = logInAs("analyst", "Secret123");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/console");
    return new Login(cookie.split(";")[0], member(answer, "Token"));
  }

  private static HttpResponse<String> call(Login login, String operation, String body)
      throws IOException, InterruptedException {
    return post(
        operation,
        body,
        Map.of(
            "content-type", "application/json",
            "cookie", login.cookie(),
            "x-redward-csrf", login.token()));
  }

  private static String member(HttpResponse<String> answer, String name) {
    Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body());
    assertThat(value.find()).as(name + " in " + answer.body()).isTrue();
    return value.group(1);
  }

  private static String run(Login login, String sql) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        call(
            login,
            "ExecuteStatement",
            "{\"Sql\":\"%s\",\"Database\":\"dev\",\"ResultFormat\":\"TEXT\",\"WaitTimeSeconds\":20}"
                .formatted(sql));
    return member(answer, "Id");
  }

  @Test
  void a_wrong_password_and_an_unknown_user_are_answered_alike()
      throws IOException, InterruptedException {
    HttpResponse<String> wrong = logInAs("analyst", "Secret124");
    HttpResponse<String> unknown = logInAs("nobody", "Secret124");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(wrong.body().replace("analyst", "X"))
        .isEqualTo(unknown.body().replace("nobody", "X"));
    assertThat(wrong.headers().firstValue("set-cookie")).isEmpty();
    assertThat(logInAs("analyst", "").statusCode()).isEqualTo(401);
  }

  @Test
  void passwords_of_every_stored_form_are_checked() throws IOException, InterruptedException {
    assertThat(logInAs("md5er", "Old12345").statusCode()).isEqualTo(200);
    assertThat(logInAs("md5er", "Old12346").statusCode()).isEqualTo(401);
    assertThat(logInAs("digested", "whatever1A").statusCode()).isEqualTo(401);
  }

  @Test
  void guesses_are_noted_and_throttled_as_on_the_wire()
      throws IOException, InterruptedException, SQLException {
    for (int i = 0; i < 6; i++) {
      assertThat(logInAs("guessed", "Wrong" + i).statusCode()).isEqualTo(401);
    }
    try (Connection connection = warehouse.connect()) {
      assertThat(
              TestWarehouse.rows(
                  connection,
                  "select count(*) from stl_connection_log where username = 'guessed'"
                      + " and event = 'authentication failure'"))
          .containsExactly("6");
    }
  }

  @Test
  void a_call_needs_the_cookie_and_the_token_and_a_page_of_ours()
      throws IOException, InterruptedException {
    Login login = analyst();
    String body = "{\"Sql\":\"select 1\",\"Database\":\"dev\"}";
    assertThat(call(login, "ExecuteStatement", body).statusCode()).isEqualTo(200);
    assertThat(call(new Login("other=1", login.token()), "ExecuteStatement", body).statusCode())
        .isEqualTo(401);
    assertThat(call(new Login(login.cookie(), "guess"), "ExecuteStatement", body).statusCode())
        .isEqualTo(403);
    for (Map<String, String> foreign :
        List.of(
            Map.of("origin", "http://evil.example", "content-type", "application/json"),
            Map.of("sec-fetch-site", "cross-site", "content-type", "application/json"),
            Map.of("content-type", "text/plain"))) {
      Map<String, String> headers = new HashMap<>(foreign);
      headers.put("cookie", login.cookie());
      headers.put("x-redward-csrf", login.token());
      assertThat(post("ExecuteStatement", body, headers).statusCode()).isEqualTo(403);
    }
    call(login, "Logout", "{}");
    assertThat(call(login, "ExecuteStatement", body).statusCode()).isEqualTo(401);
  }

  @Test
  void a_login_may_do_what_its_user_may_and_sees_only_its_statements()
      throws IOException, InterruptedException {
    Login login = analyst();
    String id = run(login, "select s from secrets");
    HttpResponse<String> described = call(login, "DescribeStatement", "{\"Id\":\"" + id + "\"}");
    assertThat(described.body()).contains("permission denied");
    HttpResponse<String> other =
        call(
            login,
            "ExecuteStatement",
            "{\"Sql\":\"select 1\",\"Database\":\"dev\",\"DbUser\":\"admin\"}");
    assertThat(other.body()).contains("AccessDeniedException");
    HttpResponse<String> stranger = logInAs("md5er", "Old12345");
    Login second =
        new Login(
            stranger.headers().firstValue("set-cookie").orElseThrow().split(";")[0],
            member(stranger, "Token"));
    assertThat(call(second, "DescribeStatement", "{\"Id\":\"" + id + "\"}").body())
        .contains("ResourceNotFoundException");
  }

  @Test
  void results_as_text_are_exact_and_read_from_any_row() throws IOException, InterruptedException {
    Login login = analyst();
    String cross = "digits a, digits b, digits c, digits e, digits f, digits g";
    String id =
        run(
            login,
            "select row_number() over (order by a.d, b.d, c.d, e.d, f.d, g.d) + 9007199254740991"
                + " as n, null as x, '' as y from "
                + cross
                + " order by 1");
    HttpResponse<String> first =
        call(login, "GetStatementResult", "{\"Id\":\"" + id + "\",\"FirstRow\":0}");
    assertThat(first.body())
        .contains("[\"9007199254740992\",null,\"\"]", "\"TotalNumRows\":15625", "\"FirstRow\":0");
    HttpResponse<String> last =
        call(login, "GetStatementResult", "{\"Id\":\"" + id + "\",\"FirstRow\":15624}");
    assertThat(last.body()).contains("[\"9007199254756616\",null,\"\"]", "\"FirstRow\":10000");
  }

  private static HttpResponse<String> upload(Login login, Map<String, String> more, String body)
      throws IOException, InterruptedException {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", "application/octet-stream");
    headers.put("cookie", login.cookie());
    headers.put("x-redward-csrf", login.token());
    headers.putAll(more);
    return post("Upload", body, headers);
  }

  private static String outcome(Login login, String sql) throws IOException, InterruptedException {
    String id = run(login, sql);
    String described = call(login, "DescribeStatement", "{\"Id\":\"" + id + "\"}").body();
    return described.contains("\"HasResultSet\":true")
        ? call(login, "GetStatementResult", "{\"Id\":\"" + id + "\",\"FirstRow\":0}").body()
        : described;
  }

  @Test
  void a_file_is_handed_over_in_pieces_and_read_by_nobody_else()
      throws IOException, InterruptedException {
    Login login = analyst();
    HttpResponse<String> first =
        upload(login, Map.of("x-redward-upload-name", "cities.csv"), "city,people\nBonn,33");
    String location = member(first, "Location");
    assertThat(location).startsWith("upload:").endsWith("/cities.csv");
    HttpResponse<String> second =
        upload(
            login,
            Map.of("x-redward-upload-location", location, "x-redward-upload-offset", "19"),
            "0000\nKiel,250000\n");
    assertThat(second.body()).contains("\"Bytes\":36");
    assertThat(outcome(login, "select * from '" + location + "' order by people"))
        .contains("[\"Kiel\",\"250000\"],[\"Bonn\",\"330000\"]", "int8");
    assertThat(outcome(login, "create table cities as select * from '" + location + "'"))
        .contains("FINISHED");
    HttpResponse<String> stranger = logInAs("md5er", "Old12345");
    Login other =
        new Login(
            stranger.headers().firstValue("set-cookie").orElseThrow().split(";")[0],
            member(stranger, "Token"));
    assertThat(outcome(other, "select * from '" + location + "'")).contains("no such upload");
    for (Map<String, String> bad :
        List.of(
            Map.of("x-redward-upload-name", "../cities.csv"),
            Map.of("x-redward-upload-name", "..%2Fcities.csv"),
            Map.of("x-redward-upload-location", location, "x-redward-upload-offset", "7"),
            Map.of("x-redward-upload-location", location + "/../../x"),
            Map.of(
                "x-redward-upload-location", "upload:../../x", "x-redward-upload-offset", "0"))) {
      assertThat(upload(login, bad, "x").statusCode()).as(bad.toString()).isEqualTo(400);
    }
    assertThat(
            post(
                    "Upload",
                    "x",
                    Map.of(
                        "content-type",
                        "application/octet-stream",
                        "cookie",
                        login.cookie(),
                        "x-redward-upload-name",
                        "a.csv"))
                .statusCode())
        .as("without the page's token")
        .isEqualTo(403);
    call(login, "ForgetUpload", "{\"Location\":\"" + location + "\"}");
    assertThat(outcome(login, "select * from '" + location + "'")).contains("no such upload");
  }

  @Test
  void pages_forbid_what_they_do_not_need() throws IOException, InterruptedException {
    HttpResponse<String> page =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(address + "/console/")).build(),
            HttpResponse.BodyHandlers.ofString());
    String policy = page.headers().firstValue("content-security-policy").orElseThrow();
    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
    assertThat(policy).doesNotContain("unsafe");
    assertThat(page.headers().firstValue("x-frame-options")).contains("DENY");
    assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
    for (String path :
        List.of("/console/../pom.xml", "/console/%2e%2e/files.txt", "/manual/..%2ffiles.txt")) {
      HttpResponse<String> answer =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(address + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
    }
  }
}
