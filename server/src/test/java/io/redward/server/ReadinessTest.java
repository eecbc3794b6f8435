package io.redward.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that warms up serves whoever comes, and calls itself ready when it has done so.
class ReadinessTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void aServerIsReadyOnceItHasWaitedForItsWarmUp(@TempDir Path directory) throws Exception {
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.startWarming(
            directory, StorageSettings.of(Optional.empty()), List.of(), ANY_PORT, true)) {
      int http = warehouse.serveHttp(ANY_PORT, true, Optional.empty());

      HttpResponse<String> early = ready(http);
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(early.body()).contains("server: starting");
      Properties admin = new Properties();
      admin.setProperty("user", "admin");
      try (Connection connection = DriverManager.getConnection(warehouse.url(), admin)) {
        assertThat(connection.isValid(10)).isTrue();
      }

      warehouse.goOnWarming(Duration.ZERO);
      assertThat(ready(http).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> ready(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI probe = URI.create("http://127.0.0.1:" + port + "/health/ready");
      return client.send(
          HttpRequest.newBuilder(probe).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
