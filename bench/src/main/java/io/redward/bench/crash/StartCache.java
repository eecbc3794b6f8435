package io.redward.bench.crash;

import io.redward.server.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The JVM's start-up cache for the servers of one run: classes that are loaded and linked already,
/// so that a restart takes a second rather than several.
final class StartCache {
  /// Fewer restarts do not pay for it.
  static final int MIN_ROUNDS = 25;

  private StartCache() {}

  /// Makes the cache by a training run; empty if it cannot be made, as with classes outside jars.
  static Optional<Path> make(Path directory) throws IOException, InterruptedException {
    for (String element : ServerProcess.classPath().split(File.pathSeparator)) {
      if (!Files.isRegularFile(Path.of(element))) {
        return Optional.empty();
      }
    }
    Path cache = directory.resolve("start.aot");
    List<String> command = new ArrayList<>(ServerProcess.javaCommand());
    command.add("-XX:AOTCacheOutput=" + cache);
    command.add("-Xlog:disable");
    command.addAll(List.of("-cp", ServerProcess.classPath(), Main.class.getName(), "train"));
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("train.log").toFile())
            .start()
            .waitFor();
    return code == 0 && Files.exists(cache) ? Optional.of(cache) : Optional.empty();
  }
}
