package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.gateway.http.HttpServer;
import io.redward.gateway.tls.TlsCertificate;
import io.redward.server.EmbeddedWarehouse;
import io.redward.server.StorageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The operator's own certificate on the wire and over HTTP, against real clients.
final class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path stores;
  private static Path first;
  private static Path second;

  @TempDir private Path directory;
  private Path chain;
  private Path key;
  private EmbeddedWarehouse warehouse;
  private int https;

  @BeforeAll
  static void makeCertificates() throws Exception {
    first = make("first");
    second = make("second");
  }

  @BeforeEach
  void start() throws Exception {
    chain = directory.resolve("chain.pem");
    key = directory.resolve("key.pem");
    writePem(first, chain, key);
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TlsCertificate certificate = TlsCertificate.ofPem(chain, key);
    warehouse =
        EmbeddedWarehouse.start(
            directory.resolve("data"),
            StorageSettings.of(Optional.empty()),
            List.of(),
            new EmbeddedWarehouse.Place(anyPort, true, Optional.empty(), Optional.of(certificate)));
    HttpServer.Port plain = new HttpServer.Port(anyPort, Optional.empty());
    HttpServer.Port secure =
        new HttpServer.Port(anyPort, Optional.of(warehouse.certificate().lastingContext()));
    https = warehouse.serveHttp(List.of(plain, secure), true, Optional.empty()).getLast();
  }

  @AfterEach
  void stop() {
    warehouse.close();
  }

  /// A key store with a certificate for `localhost` signed by itself.
  private static Path make(String name) throws Exception {
    Path store = stores.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return store;
  }

  private static KeyStore open(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private static void writePem(Path store, Path chain, Path key) throws Exception {
    KeyStore keys = open(store);
    String alias = keys.aliases().nextElement();
    Files.writeString(chain, pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", keys.getKey(alias, PASSWORD).getEncoded()));
  }

  private static String pem(String label, byte[] content) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  private String connect(Path root) throws SQLException {
    String url =
        "jdbc:postgresql://localhost:"
            + warehouse.port()
            + "/dev?user=admin&sslmode=verify-full&sslrootcert="
            + root;
    try (Connection connection = DriverManager.getConnection(url)) {
      return TestWarehouse.rows(connection, "select 1").getFirst();
    }
  }

  private HttpClient client(Path trusted) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    KeyStore keys = open(trusted);
    roots.setCertificateEntry("root", keys.getCertificate(keys.aliases().nextElement()));
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private URI page(String path) {
    return URI.create("https://localhost:" + https + path);
  }

  @Test
  void clients_that_verify_everything_accept_it() throws Exception {
    assertThat(connect(chain)).isEqualTo("1");
  }

  @Test
  void clients_that_trust_another_authority_refuse_it() throws Exception {
    Path other = directory.resolve("other.pem");
    writePem(second, other, directory.resolve("other-key.pem"));
    assertThatThrownBy(() -> connect(other)).isInstanceOf(SQLException.class);
  }

  @Test
  void pages_are_served_over_https_and_logins_stay_there() throws Exception {
    try (HttpClient client = client(first)) {
      HttpResponse<String> alive =
          client.send(
              HttpRequest.newBuilder(page("/health/live")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(alive.statusCode()).isEqualTo(200);
      HttpResponse<String> login =
          client.send(
              HttpRequest.newBuilder(page("/console/api/Login"))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"User\":\"admin\",\"Database\":\"dev\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(login.headers().firstValue("Set-Cookie").orElse(login.body()))
          .contains("; Secure");
    }
  }

  @Test
  void a_renewed_certificate_is_shown_to_the_next_client() throws Exception {
    assertThat(connect(chain)).isEqualTo("1");
    writePem(second, chain, key);
    Files.setLastModifiedTime(chain, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(connect(chain)).isEqualTo("1");
    Files.writeString(key, "half a file");
    Files.setLastModifiedTime(key, FileTime.from(Instant.now().plusSeconds(9)));
    assertThat(connect(chain)).as("the last good one stays").isEqualTo("1");
  }

  @Test
  void pages_are_served_with_the_renewed_certificate_too() throws Exception {
    assertThat(status(first)).isEqualTo(200);
    writePem(second, chain, key);
    Files.setLastModifiedTime(chain, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(status(second)).isEqualTo(200);
    assertThatThrownBy(() -> status(first)).isInstanceOf(IOException.class);
    Files.writeString(key, "half a file");
    Files.setLastModifiedTime(key, FileTime.from(Instant.now().plusSeconds(9)));
    assertThat(status(second)).as("the last good one stays").isEqualTo(200);
  }

  private int status(Path trusted) throws Exception {
    try (HttpClient client = client(trusted)) {
      return client
          .send(
              HttpRequest.newBuilder(page("/health/live")).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  void files_that_hold_no_certificate_are_refused_by_name() throws Exception {
    Path nothing = directory.resolve("nothing.pem");
    assertThatThrownBy(() -> TlsCertificate.ofPem(chain, nothing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing.pem");
    Files.writeString(nothing, "no key");
    assertThatThrownBy(() -> TlsCertificate.ofPem(chain, nothing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be used");
  }
}
