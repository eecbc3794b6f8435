package io.redward.gateway.console;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.gateway.aws.ApiBody;
import io.redward.gateway.aws.ApiException;
import io.redward.gateway.aws.Caller;
import io.redward.gateway.aws.Callers;
import io.redward.gateway.aws.JsonCalls;
import io.redward.gateway.dataapi.DataOperations;
import io.redward.gateway.http.HttpAnswer;
import io.redward.gateway.http.HttpCall;
import io.redward.gateway.http.HttpPage;
import io.redward.leader.session.Warehouse;
import io.redward.leader.session.Warehouse.Credential;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The console's calls, under `/console/api/`: `Login`, `Logout`, `Session`, `Upload` and
/// `ForgetUpload` of a file to load, and the operations of the Data API as the user who has logged
/// in.
///
/// A login is a cookie that no script can read and no other site's page sends, and a token that a
/// page of ours must send with each call. Wrong passwords are answered, and slowed down, as on the
/// wire protocol. From this machine, where it is trusted, no password is asked for.
public final class ConsoleApi implements HttpPage {
  /// What the calls' paths begin with.
  public static final String PREFIX = "/console/api/";

  private static final String TOKEN_HEADER = "x-redward-csrf";

  private final Warehouse warehouse;
  private final Callers callers;
  private final DataOperations operations;
  private final ConsoleUploads uploads;
  private final ConsoleLogins logins;

  public ConsoleApi(
      Warehouse warehouse,
      Callers callers,
      DataOperations operations,
      ConsoleUploads uploads,
      InstantSource clock) {
    this.warehouse = warehouse;
    this.callers = callers;
    this.operations = operations;
    this.uploads = uploads;
    logins = new ConsoleLogins(clock);
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    Map<String, String> headers = BrowserRules.headers(Optional.empty(), "no-store");
    HttpAnswer answer =
        JsonCalls.answer(() -> answer(call, call.target().substring(PREFIX.length()), headers));
    headers.putAll(answer.headers());
    return new HttpAnswer(
        answer.status(), "application/json; charset=utf-8", headers, answer.body());
  }

  private ObjectNode answer(HttpCall call, String operation, Map<String, String> headers) {
    boolean upload = operation.equals(ConsoleUploads.UPLOAD);
    String expected = upload ? "application/octet-stream" : "application/json";
    if (!BrowserRules.fromOwnPage(call)
        || !call.header("content-type").orElse("").startsWith(expected)) {
      throw ApiException.of(403, "ForeignPageException", "The call is not from the console.");
    }
    String cookie = cookieName(call);
    if (operation.equals("Login")) {
      return logIn(call, cookie, headers);
    }
    Optional<String> secret = cookie(call, cookie);
    Optional<ConsoleLogins.Login> login = secret.flatMap(logins::find);
    if (operation.equals("Session")) {
      ObjectNode node = ApiBody.MAPPER.createObjectNode();
      node.put("Trusted", callers.trusts(call));
      login.ifPresent(known -> describe(known, node));
      return node;
    }
    ConsoleLogins.Login known =
        login.orElseThrow(() -> ApiException.of(401, "NotLoggedInException", "Log in to go on."));
    byte[] token = call.header(TOKEN_HEADER).orElse("").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(token, known.csrf().getBytes(StandardCharsets.UTF_8))) {
      throw ApiException.of(403, "TokenException", "The call lacks its page's token.");
    }
    if (operation.equals("Logout")) {
      secret.ifPresent(logins::end);
      headers.put("Set-Cookie", setCookie(call, cookie, "") + "; Max-Age=0");
      return ApiBody.MAPPER.createObjectNode();
    }
    if (upload) {
      return uploads.take(call, known.user());
    }
    if (operation.equals(ConsoleUploads.FORGET)) {
      return uploads.forget(ApiBody.parse(call.body()), known.user());
    }
    return operations.answer(
        operation, call.body(), new Caller(Optional.of(known.user()), remote(call)));
  }

  private ObjectNode logIn(HttpCall call, String cookie, Map<String, String> headers) {
    ApiBody body = ApiBody.parse(call.body());
    String user = body.required("User");
    String database = body.required("Database");
    if (!callers.trusts(call)) {
      prove(user, database, body.string("Password").orElse(""), remote(call));
    }
    try {
      warehouse.open(new Warehouse.Login(user, database, remote(call), 0), Map.of()).close();
    } catch (SqlException e) {
      throw refused(e);
    }
    ConsoleLogins.Opened opened = logins.open(user);
    headers.put("Set-Cookie", setCookie(call, cookie, opened.secret()));
    return describe(opened.login(), ApiBody.MAPPER.createObjectNode());
  }

  private void prove(String user, String database, String password, String remote) {
    try {
      warehouse.awaitLogin(user, remote);
      Credential stored =
          warehouse.credential(user).orElse(new Credential(Credential.Kind.DISABLED, ""));
      if (!PasswordCheck.fits(stored, user, password)) {
        throw new SqlException(
            SqlState.INVALID_PASSWORD, "password authentication failed for user \"" + user + "\"");
      }
    } catch (SqlException e) {
      warehouse.loginFailed(new Warehouse.Login(user, database, remote, 0));
      throw refused(e);
    }
    warehouse.loggedIn(user, remote);
  }

  private static ApiException refused(SqlException e) {
    return ApiException.of(401, "LoginException", e.message());
  }

  private static ObjectNode describe(ConsoleLogins.Login login, ObjectNode node) {
    return node.put("User", login.user()).put("Token", login.csrf());
  }

  private static String remote(HttpCall call) {
    return call.remote().getHostAddress();
  }

  /// Cookies do not tell ports apart, so that two servers of one machine need two names.
  private static String cookieName(HttpCall call) {
    String host = call.header("host").orElse("");
    int colon = host.lastIndexOf(':');
    String port = colon > host.lastIndexOf(']') ? host.substring(colon + 1) : "";
    return "redward_console_" + port.replaceAll("[^0-9]", "");
  }

  private static String setCookie(HttpCall call, String name, String value) {
    String only = call.secure() ? "; Secure" : "";
    return name + "=" + value + "; Path=/console; HttpOnly; SameSite=Strict" + only;
  }

  private static Optional<String> cookie(HttpCall call, String name) {
    Map<String, String> cookies = new HashMap<>();
    for (String line : call.headers().getOrDefault("cookie", List.of())) {
      for (String each : line.split(";")) {
        String[] parts = each.trim().split("=", 2);
        if (parts.length == 2) {
          cookies.putIfAbsent(parts[0], parts[1]);
        }
      }
    }
    return Optional.ofNullable(cookies.get(name));
  }
}
