package io.redward.gateway.console;

import io.redward.gateway.http.HttpAnswer;
import io.redward.gateway.http.HttpCall;
import io.redward.gateway.http.HttpPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of the console and of the manual, which the build has put on the class path where Node
/// was there to make them. Only what the build's list names is given out; those that the list marks
/// are there compressed, too.
public final class ConsoleSite implements HttpPage {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleSite.class);
  private static final String ROOT = "/io/redward/console/web/";
  private static final String LIST = "files.txt";

  /// Where the page's nonce goes.
  private static final String NONCE_MARK = "__REDWARD_NONCE__";

  private static final SecureRandom RANDOM = new SecureRandom();

  /// Names of assets hold a digest of their contents.
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2");

  private final Set<String> files;

  public ConsoleSite() {
    Optional<byte[]> list = read(LIST);
    files =
        list.map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines())
            .map(lines -> lines.collect(Collectors.toUnmodifiableSet()))
            .orElse(Set.of());
    if (files.isEmpty()) {
      LOG.info("built without Node.js: no web console here, the Data API alone");
    }
  }

  /// Whether there is a console in this build.
  public boolean isBuilt() {
    return !files.isEmpty();
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    String path = call.target().replaceFirst("\\?.*", "");
    if (path.equals("/") || path.equals("/console") || path.equals("/manual")) {
      return moved(path.equals("/") ? "/console/" : path + "/");
    }
    String name = path.substring(1) + (path.endsWith("/") ? "index.html" : "");
    if (files.isEmpty()) {
      return notBuilt();
    }
    if (!files.contains(name)) {
      return page(404, "<h1>Not found</h1><p>There is no such page.</p>");
    }
    return name.endsWith(".html") ? document(name) : file(name, call);
  }

  private static HttpAnswer moved(String to) {
    return new HttpAnswer(302, "text/plain; charset=utf-8", Map.of("Location", to), new byte[0]);
  }

  private HttpAnswer document(String name) {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    String nonce = Base64.getEncoder().encodeToString(random);
    String text = new String(read(name).orElseThrow(), StandardCharsets.UTF_8);
    return new HttpAnswer(
        200,
        TYPES.getOrDefault("html", ""),
        BrowserRules.headers(
            text.contains(NONCE_MARK) ? Optional.of(nonce) : Optional.empty(), "no-cache"),
        text.replace(NONCE_MARK, nonce).getBytes(StandardCharsets.UTF_8));
  }

  private HttpAnswer file(String name, HttpCall call) {
    boolean fixed = name.contains("/assets/");
    Map<String, String> headers =
        BrowserRules.headers(Optional.empty(), fixed ? FOREVER : "no-cache");
    boolean compressed =
        files.contains(name + ".gz") && call.header("accept-encoding").orElse("").contains("gzip");
    if (compressed) {
      headers.put("Content-Encoding", "gzip");
    }
    headers.put("Vary", "Accept-Encoding");
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    return new HttpAnswer(
        200,
        type == null ? "application/octet-stream" : type,
        headers,
        read(compressed ? name + ".gz" : name).orElseThrow());
  }

  private static HttpAnswer notBuilt() {
    return page(
        404,
        "<h1>No console here</h1><p>This server was built on a machine without Node.js, or where"
            + " npm could not reach its registry, so that the web console and the manual are not"
            + " in it.</p><p>Install Node.js 20 or newer and start <code>./redward</code> again to"
            + " build them. The Data API (POST to <code>/</code>), <code>/metrics</code> and"
            + " <code>/health</code> are served as ever.</p>");
  }

  private static HttpAnswer page(int status, String body) {
    String text =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Redward</title>"
            + "</head><body>"
            + body
            + "</body></html>\n";
    return new HttpAnswer(
        status,
        TYPES.getOrDefault("html", ""),
        BrowserRules.headers(Optional.empty(), "no-store"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<byte[]> read(String name) {
    try (InputStream in = ConsoleSite.class.getResourceAsStream(ROOT + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
