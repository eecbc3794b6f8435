package io.redward.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients for Node against the real server. Their packages are fetched once a build, as the lock
/// file has them; where that cannot be done, or Node is not there, the tests skip and say so.
class NodeClientsTest {
  private static final Path PACKAGES = Path.of("target", "node-clients").toAbsolutePath();
  private static final int FETCH_SECONDS = 180;

  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static ClientProgram programs;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    programs = new ClientProgram(directory, Map.of("NODE_PATH", PACKAGES + "/node_modules"));
    programs.require("Node with npm", "npm", "--version");
    assumeTrue(fetched(), "npm could not fetch the clients");
    warehouse = new TestWarehouse(directory.resolve("data"));
  }

  @AfterAll
  static void stop() {
    if (warehouse != null) {
      warehouse.close();
    }
  }

  private static boolean fetched() throws IOException, InterruptedException {
    Path marker = PACKAGES.resolve("fetched");
    if (Files.exists(marker)) {
      return true;
    }
    Files.createDirectories(PACKAGES);
    ClientProgram place = new ClientProgram(PACKAGES, Map.of());
    place.script("node/package.json");
    place.script("node/package-lock.json");
    Process npm =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(PACKAGES.toFile())
            .redirectErrorStream(true)
            .redirectOutput(PACKAGES.resolve("npm.log").toFile())
            .start();
    if (!npm.waitFor(FETCH_SECONDS, TimeUnit.SECONDS)) {
      npm.destroyForcibly();
      return false;
    }
    if (npm.exitValue() == 0) {
      Files.writeString(marker, "");
    }
    return npm.exitValue() == 0;
  }

  @Test
  void pg() throws IOException, InterruptedException {
    programs.check("node", programs.script("node/pg_client.js"), port());
  }

  @Test
  void knex() throws IOException, InterruptedException {
    programs.check("node", programs.script("node/knex_client.js"), port());
  }

  @Test
  void sdkForJavaScript() throws IOException, InterruptedException {
    Path keys = directory.resolve("keys");
    Files.writeString(
        keys, "[admin]\naws_access_key_id = AKADMIN\naws_secret_access_key = admin-secret\n");
    int http =
        warehouse
            .warehouse()
            .serveHttp(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                false,
                Optional.of(keys));
    programs.check(
        "node",
        programs.script("node/data_api_client.js"),
        Integer.toString(http),
        "AKADMIN",
        "admin-secret");
  }

  private static String port() {
    return Integer.toString(warehouse.port());
  }
}
