package io.redward.server;

import io.redward.cluster.scaling.Provisioner;
import io.redward.cluster.scaling.ProvisionerKind;
import io.redward.cluster.scaling.ScalingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// The options that say when clusters are added.
final class ScalingChoice {
  @Option(
      names = "--max-concurrency-scaling-clusters",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How many clusters may be added while queries wait; needs a --store (default:"
              + " ${DEFAULT-VALUE}, none).")
  private int clusters;

  @Option(
      names = "--scaling-wait",
      paramLabel = "MILLISECONDS",
      defaultValue = "500",
      description =
          "How long a query waits before it goes to another cluster (default: ${DEFAULT-VALUE}).")
  private long patience;

  @Option(
      names = "--scaling-idle",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description =
          "How long a cluster may have nothing to do before it is ended (default:"
              + " ${DEFAULT-VALUE}).")
  private long idle;

  @Option(
      names = "--scaling-seats",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How many large queries run on each cluster at once, on the main one too (default: two,"
              + " and one for every four processors).")
  private int seats;

  @Option(
      names = "--scaling-from",
      paramLabel = "ROWS",
      defaultValue = "200000",
      description =
          "Queries that have fewer rows to look at are not large and never wait (default:"
              + " ${DEFAULT-VALUE}).")
  private long leastRows;

  @Option(
      names = "--scaling-memory",
      paramLabel = "SIZE",
      description = "Heap of each added process on this machine, as 2g (default: as here).")
  private String memory = "";

  @Option(
      names = "--scaling-provisioner",
      paramLabel = "KIND",
      defaultValue = "local",
      description =
          "What starts clusters: local, further processes of this machine, or a plug-in, such as"
              + " kubernetes (default: ${DEFAULT-VALUE}).")
  private String kind = "local";

  @Option(
      names = "--scaling-set",
      paramLabel = "NAME=VALUE",
      description = "A setting of the plug-in that starts clusters; may be given several times.")
  private Map<String, String> settings = new TreeMap<>();

  /// Empty if none may be added.
  ///
  /// @param data the data directory
  /// @param secret what processes of a cluster know; made up if there is none
  /// @throws IllegalArgumentException if the objects lie where no other process sees them
  Optional<Scaling> scaling(Path data, StoreChoice store, Optional<String> secret)
      throws IOException {
    if (clusters <= 0) {
      return Optional.empty();
    }
    if (!store.elsewhere(data).map(StoreAddress::isElsewhere).orElse(false)) {
      throw new IllegalArgumentException(
          "--max-concurrency-scaling-clusters needs a --store that other processes can open:"
              + " s3://bucket/prefix or file:///directory");
    }
    String known = secret.orElseGet(ScalingChoice::madeUp);
    int processors = Runtime.getRuntime().availableProcessors();
    ScalingOptions options =
        new ScalingOptions(
            clusters,
            seats > 0 ? seats : 2 + processors / 4,
            leastRows,
            Duration.ofMillis(patience),
            Duration.ofSeconds(idle),
            known);
    return Optional.of(new Scaling(options, provisioner(data, store, known)));
  }

  private Provisioner provisioner(Path data, StoreChoice store, String secret) throws IOException {
    if (kind.equals("local")) {
      List<String> jvm = memory.isEmpty() ? List.of() : List.of("-Xmx" + memory);
      return new LocalProvisioner(data, store.arguments(), jvm, secret);
    }
    List<String> arguments = new ArrayList<>(List.of("start", "--role", "scaling"));
    arguments.addAll(store.arguments());
    for (ProvisionerKind each : ServiceLoader.load(ProvisionerKind.class)) {
      if (each.name().equals(kind)) {
        return each.open(new ProvisionerKind.Launch(arguments, secret, settings));
      }
    }
    throw new IllegalArgumentException(
        "--scaling-provisioner: there is no " + kind + " on the class path");
  }

  private static String madeUp() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
