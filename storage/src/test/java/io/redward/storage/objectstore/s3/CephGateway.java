package io.redward.storage.objectstore.s3;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Ceph's gateway of the S3 API over a cluster of one monitor and one store in memory, all below a
/// directory, from the packages `radosgw`, `ceph-mon`, `ceph-osd` and `ceph-common`.
final class CephGateway implements AutoCloseable {
  static final String BUCKET = "warehouse";

  private static final S3Options.Keys KEYS =
      new S3Options.Keys("local-identity", "local-credential", Optional.empty());
  private static final List<String> PROGRAMS =
      List.of("ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph-authtool", "monmaptool");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final String SETTINGS =
      """
      [global]
      fsid = %1$s
      mon_host = [v2:127.0.0.1:%2$d]
      mon_initial_members = a
      public_addr = 127.0.0.1
      cluster_addr = 127.0.0.1
      auth_cluster_required = none
      auth_service_required = none
      auth_client_required = none
      ms_mon_client_mode = crc
      ms_mon_service_mode = crc
      ms_mon_cluster_mode = crc
      ms_client_mode = crc
      ms_service_mode = crc
      ms_cluster_mode = crc
      osd_pool_default_size = 1
      osd_pool_default_min_size = 1
      osd_pool_default_pg_num = 1
      osd_crush_chooseleaf_type = 0
      mon_allow_pool_size_one = true
      mon_max_pg_per_osd = 1000
      osd_objectstore = memstore
      memstore_device_bytes = 536870912
      run_dir = %3$s
      admin_socket = %3$s/$name.$pid.asok
      log_file = %3$s/$name.log
      mon_data = %3$s/mon
      osd_data = %3$s/osd
      rgw_data = %3$s
      keyring = %3$s/keyring
      setuser_match_path =
      rgw_frontends = beast endpoint=127.0.0.1:%4$d
      rgw_enable_apis = s3
      """;

  private final Path directory;
  private final int port;
  private final List<Process> daemons = new ArrayList<>();

  private CephGateway(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /// True if the packages are installed.
  static boolean installed() {
    return PROGRAMS.stream()
        .allMatch(program -> Files.isExecutable(Path.of("/usr/bin").resolve(program)));
  }

  static CephGateway start(Path directory) throws IOException, InterruptedException {
    CephGateway gateway = new CephGateway(directory, freePort());
    try {
      gateway.start();
    } catch (IOException | InterruptedException | RuntimeException e) {
      gateway.close();
      throw e;
    }
    return gateway;
  }

  private void start() throws IOException, InterruptedException {
    String cluster = UUID.randomUUID().toString();
    String store = UUID.randomUUID().toString();
    int monitor = freePort();
    Files.createDirectories(directory.resolve("mon"));
    Files.createDirectories(directory.resolve("osd"));
    Files.writeString(
        directory.resolve("ceph.conf"),
        SETTINGS.formatted(cluster, monitor, directory, port),
        StandardCharsets.UTF_8);
    String keys = directory.resolve("keyring").toString();
    String map = directory.resolve("monmap").toString();
    run(
        "ceph-authtool",
        "--create-keyring",
        keys,
        "--gen-key",
        "-n",
        "mon.",
        "--cap",
        "mon",
        "allow *");
    run(
        "ceph-authtool",
        keys,
        "--gen-key",
        "-n",
        "client.admin",
        "--cap",
        "mon",
        "allow *",
        "--cap",
        "osd",
        "allow *");
    run(
        "monmaptool",
        "--create",
        "--fsid",
        cluster,
        "--addv",
        "a",
        "[v2:127.0.0.1:" + monitor + "]",
        map);
    run("ceph-mon", "-i", "a", "--mkfs", "--monmap", map, "--keyring", keys);
    daemon("ceph-mon", "-i", "a");
    run("ceph", "osd", "new", store);
    run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store);
    daemon("ceph-osd", "-i", "0");
    run(
        "radosgw-admin",
        "user",
        "create",
        "--uid=test",
        "--display-name=test",
        "--access-key=" + KEYS.accessKeyId(),
        "--secret-key=" + KEYS.secretAccessKey());
    daemon("radosgw", "-n", "client.admin");
    awaitGateway();
    try (S3Connection connection = S3Connection.open(options())) {
      connection.repeating().createBucket(bucket -> bucket.bucket(BUCKET));
    }
  }

  private void awaitGateway() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket _ = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }

  private ProcessBuilder program(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    if (!words[0].endsWith("tool")) {
      command.addAll(1, List.of("-c", directory.resolve("ceph.conf").toString()));
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("output.txt").toFile()));
  }

  private void run(String... words) throws IOException, InterruptedException {
    Process process = program(words).start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          words[0] + " failed: " + Files.readString(directory.resolve("output.txt")));
    }
  }

  private void daemon(String... words) throws IOException {
    List<String> foreground = new ArrayList<>(List.of(words));
    foreground.add("-f");
    daemons.add(program(foreground.toArray(String[]::new)).start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  S3Options options() {
    return new S3Options(Optional.empty(), Optional.empty(), true, Optional.of(KEYS))
        .withEndpoint(URI.create("http://127.0.0.1:" + port));
  }

  S3ObjectStore store(String prefix) {
    return new S3ObjectStore(S3Connection.open(options()), BUCKET, prefix);
  }

  @Override
  public void close() {
    for (Process daemon : daemons.reversed()) {
      daemon.destroyForcibly();
    }
  }
}
