package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.redward.gateway.console.ConsoleSite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console in headless Chromium against a server: `console/web/end-to-end`. Skipped where there
/// is no Node.js, no Chromium, or no console in this build. `-Dscreenshots=DIR` keeps pictures;
/// `-Dfigures=true` measures scrolling instead, and prints what it finds.
class ConsoleBrowserTest {
  private static final Path WEB = Path.of("..", "console", "web").toAbsolutePath().normalize();
  private static final List<Path> BROWSERS =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  @TempDir private Path directory;

  @Test
  void the_console_works_in_a_browser() throws IOException, SQLException, InterruptedException {
    Optional<Path> browser = BROWSERS.stream().filter(Files::isExecutable).findFirst();
    assumeTrue(browser.isPresent(), "no Chromium on this machine");
    assumeTrue(
        new ConsoleSite().isBuilt(), "this build has no web console (no Node.js, or no npm)");
    assumeTrue(
        Files.isDirectory(WEB.resolve("node_modules").resolve("playwright-core")),
        "the console's libraries are not installed (run console/build)");
    Path file = directory.resolve("sales.csv");
    Files.writeString(file, "centre,5,12.50\ncentre,five,1.00\n");
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"))) {
      try (Connection connection = warehouse.connect()) {
        TestWarehouse.execute(
            connection,
            "create user painter password 'Secret123' createuser",
            "create table digits (d integer) diststyle all",
            "insert into digits values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)",
            "create table sales (region varchar(20), region_id integer, amount decimal(10,2))"
                + " sortkey (region)",
            "insert into sales values ('north', 1, 120.50), ('south', 2, 80.25), ('east', 3,"
                + " 99.00), ('west', 4, 143.75), ('north', 1, 60.00), ('south', 2, 31.10)",
            "copy sales from 'file://" + file + "' csv maxerror 5");
      }
      int port =
          warehouse
              .warehouse()
              .serveHttp(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  false,
                  Optional.empty());
      List<String> command =
          new ArrayList<>(
              List.of(
                  "node",
                  "end-to-end/run.mjs",
                  "http://127.0.0.1:" + port,
                  "painter",
                  "Secret123"));
      Optional.ofNullable(System.getProperty("screenshots")).ifPresent(command::add);
      Path output = directory.resolve("output");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(WEB.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("CHROMIUM", browser.get().toString());
      boolean figures = Boolean.getBoolean("figures");
      if (figures) {
        builder.environment().put("FIGURES", "yes");
      }
      Process process = builder.start();
      boolean ended = process.waitFor(8, TimeUnit.MINUTES);
      process.destroyForcibly().waitFor();
      String seen = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as(seen).isTrue();
      assertThat(process.exitValue()).as(seen).isZero();
      if (figures) {
        System.out.println(seen);
        return;
      }
      assertThat(seen).contains("ok the last of a million rows is seen");
    }
  }
}
