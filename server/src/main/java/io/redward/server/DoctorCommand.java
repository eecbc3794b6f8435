package io.redward.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `doctor`: checks what the warehouse needs of the machine and says how to mend what is missing.
/// Exit code 1 if anything is wrong.
@Command(
    name = "doctor",
    description = "Check JDK, memory, port, disk and permissions, and say how to mend them.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final int JDK = 25;
  private static final long MIN_HEAP_BYTES = 1L << 30;
  private static final long MIN_DISK_BYTES = 2L << 30;

  @Mixin private DataDirectory data = new DataDirectory();

  @Option(names = "--port", defaultValue = "5439", description = "Port to check.")
  private int port;

  private int problems;

  @Override
  public Integer call() throws Exception {
    checkJdk();
    checkMemory();
    Path directory = data.path();
    checkDirectory(directory);
    checkPort(directory);
    System.out.println(problems == 0 ? "All is well." : problems + " thing(s) to mend, see above.");
    return problems == 0 ? 0 : 1;
  }

  private void checkJdk() {
    int version = Runtime.version().feature();
    report(
        version >= JDK,
        "JDK " + Runtime.version() + " at " + System.getProperty("java.home"),
        "install a JDK " + JDK + " and set JAVA_HOME to it");
  }

  private void checkMemory() {
    long heap = Runtime.getRuntime().maxMemory();
    report(
        heap >= MIN_HEAP_BYTES,
        "heap of " + (heap >> 20) + " MiB, " + Runtime.getRuntime().availableProcessors() + " CPUs",
        "give the process more, for example REDWARD_JAVA_OPTIONS=-Xmx4g");
  }

  private void checkDirectory(Path directory) throws IOException {
    Path existing = directory;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing)) {
      report(false, "data directory " + directory, "choose another with --data DIR");
      return;
    }
    boolean writable = Files.isWritable(existing);
    report(
        writable,
        "data directory " + directory + (writable ? " is writable" : " is not writable"),
        "chown or chmod " + existing + ", or choose another with --data DIR");
    FileStore store = Files.getFileStore(existing);
    long free = store.getUsableSpace();
    report(
        free >= MIN_DISK_BYTES,
        (free >> 30) + " GiB free on " + store.name(),
        "free some space, or choose another disk with --data DIR");
    if (writable) {
      Path probe = Files.createTempFile(existing, "redward-doctor", null);
      Path link = probe.resolveSibling(probe.getFileName() + ".link");
      boolean links = true;
      try {
        Files.createLink(link, probe);
      } catch (IOException | UnsupportedOperationException e) {
        links = false;
      } finally {
        Files.deleteIfExists(link);
        Files.deleteIfExists(probe);
      }
      report(
          links,
          "the file system of the data directory has hard links",
          "commits are made by exclusive links: use a local disk (ext4, xfs, btrfs, apfs)");
    }
  }

  private void checkPort(Path directory) throws IOException {
    Optional<ServerFile> running = ServerFile.read(directory);
    if (running.isPresent()) {
      report(
          true,
          "a server (process "
              + running.get().pid()
              + ") serves this directory on port "
              + running.get().port(),
          "");
      return;
    }
    boolean free = true;
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      socket.setReuseAddress(true);
    } catch (IOException e) {
      free = false;
    }
    report(
        free,
        "port " + port + (free ? " is free" : " is taken"),
        "find its owner with `ss -ltnp sport = :" + port + "`, or choose another with --port");
  }

  private void report(boolean good, String finding, String remedy) {
    System.out.println((good ? "ok    " : "WRONG ") + finding);
    if (!good) {
      problems++;
      System.out.println("      -> " + remedy);
    }
  }
}
