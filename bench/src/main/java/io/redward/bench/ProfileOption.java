package io.redward.bench;

import io.redward.bench.report.FlameGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option of benches that can show where our server's time goes.
final class ProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "FILE.svg",
      description = "Write a flame graph of our server while it ran queries.")
  private String profile = "";

  /// What has the server's JVM record itself, behind a blank; empty if nobody asks.
  String jvmOptions(Path data) {
    return profile.isEmpty()
        ? ""
        : " -XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + recording(data);
  }

  /// What the flight recorder of a server writes when the server ends; that of the second server,
  /// the one that queries are measured in, takes the place of the first one's.
  private static Path recording(Path data) {
    return data.resolve("profile.jfr");
  }

  /// Draws the flame graph if one was asked for; our server has ended.
  void draw(Path data) throws IOException {
    if (!profile.isEmpty()) {
      long samples = FlameGraph.write(recording(data), Path.of(profile));
      System.out.printf("%s: flame graph of %d samples%n", profile, samples);
      Files.delete(recording(data));
    }
  }
}
