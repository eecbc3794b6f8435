package io.redward.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cancels by `CancelStatement` of the Data API, or of the console's calls; ended is what
/// `DescribeStatement` calls so.
///
/// @param address of the calls
/// @param headers of each call beside what names it
record HttpCancel(HttpClient client, URI address, Map<String, String> headers)
    implements CancelBench.Way {

  static HttpCancel ofDataApi(int port) {
    return new HttpCancel(
        HttpClient.newHttpClient(), URI.create("http://127.0.0.1:" + port + "/"), Map.of());
  }

  static HttpCancel ofConsole(int port) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + "/console/api/");
    HttpCancel stranger = new HttpCancel(HttpClient.newHttpClient(), address, Map.of());
    HttpResponse<String> login =
        stranger.send("Login", "{\"User\":\"admin\",\"Password\":\"\",\"Database\":\"dev\"}");
    String cookie = login.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    return new HttpCancel(
        stranger.client(),
        address,
        Map.of("cookie", cookie, "x-redward-csrf", member(login.body(), "Token")));
  }

  @Override
  public OptionalDouble millis(String sql, int delayMillis) throws Exception {
    String begun = call("ExecuteStatement", "{\"Sql\":\"" + sql + "\",\"Database\":\"dev\"}");
    String id = member(begun, "Id");
    Thread.sleep(delayMillis);
    long asked = System.nanoTime();
    call("CancelStatement", "{\"Id\":\"" + id + "\"}");
    String status;
    do {
      String described =
          call("DescribeStatement", "{\"Id\":\"" + id + "\",\"WaitTimeSeconds\":10}");
      status = member(described, "Status");
    } while (!status.matches("FINISHED|FAILED|ABORTED"));
    double millis = (System.nanoTime() - asked) / 1e6;
    return status.equals("ABORTED") ? OptionalDouble.of(millis) : OptionalDouble.empty();
  }

  private String call(String operation, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(operation, body);
    if (answer.statusCode() != 200) {
      throw new IOException(operation + ": " + answer.body());
    }
    return answer.body();
  }

  private HttpResponse<String> send(String operation, String body)
      throws IOException, InterruptedException {
    boolean console = address.getPath().length() > 1;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(console ? address.resolve(operation) : address)
            .header("content-type", console ? "application/json" : "application/x-amz-json-1.1")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!console) {
      request.header("x-amz-target", "RedshiftData." + operation);
    }
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String member(String json, String name) throws IOException {
    Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    if (!value.find()) {
      throw new IOException(name + " is not in " + json);
    }
    return value.group(1);
  }
}
