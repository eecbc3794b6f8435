package io.redward.operator.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.redward.cluster.scaling.Provisioner;
import io.redward.cluster.scaling.ProvisionerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A pod for each scaling cluster, and a secret with what they must know. A pod that cannot become
/// ready is deleted, and the reason told.
final class KubernetesProvisioner implements Provisioner {
  private static final Logger LOGGER = LoggerFactory.getLogger(KubernetesProvisioner.class);
  static final int PORT = 5702;
  private static final String SECRET_KEY = "secret";
  private static final long LOOK_MILLIS = 500;
  private static final long GRACE_SECONDS = 15;
  private static final long GONE_SECONDS = 60;

  /// Why a container waits for something that will not come by waiting.
  private static final Set<String> HOPELESS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "CrashLoopBackOff");

  private final KubernetesClient client;
  private final PodSettings settings;
  private final ProvisionerKind.Launch launch;
  private final String namespace;

  /// @param client closed with this
  KubernetesProvisioner(
      KubernetesClient client, PodSettings settings, ProvisionerKind.Launch launch) {
    this.client = client;
    this.settings = settings;
    this.launch = launch;
    namespace =
        settings.namespace().or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
  }

  private Map<String, String> labels() {
    return Map.of(
        "app.kubernetes.io/name", "redward-scaling",
        "app.kubernetes.io/instance", settings.name(),
        "app.kubernetes.io/component", "scaling");
  }

  private String secretName() {
    return settings.name() + "-scaling";
  }

  private PodResource pod(int number) {
    return client.pods().inNamespace(namespace).withName(settings.name() + "-scaling-" + number);
  }

  @Override
  public void clean() throws IOException {
    try {
      List<StatusDetails> unused =
          client.pods().inNamespace(namespace).withLabels(labels()).delete();
    } catch (KubernetesClientException e) {
      throw failure("pods cannot be deleted", e);
    }
  }

  @Override
  public Provisioned start(int number) throws IOException, InterruptedException {
    PodResource resource = pod(number);
    try {
      writeSecret();
      delete(resource, 0);
      Pod unused = resource.waitUntilCondition(pod -> pod == null, GONE_SECONDS, TimeUnit.SECONDS);
      Pod created = client.pods().inNamespace(namespace).resource(describe(number)).create();
      return new Running(created.getMetadata().getName(), resource, awaitReady(resource));
    } catch (KubernetesClientException e) {
      giveUp(resource);
      throw failure("a pod cannot be made", e);
    } catch (IOException | InterruptedException | RuntimeException e) {
      giveUp(resource);
      throw e;
    }
  }

  private void writeSecret() {
    Secret unused =
        client
            .secrets()
            .inNamespace(namespace)
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withName(secretName())
                    .withLabels(labels())
                    .endMetadata()
                    .withType("Opaque")
                    .withStringData(Map.of(SECRET_KEY, launch.secret()))
                    .build())
            .createOr(existing -> existing.update());
  }

  private Pod describe(int number) {
    List<String> arguments = new ArrayList<>(launch.arguments());
    arguments.addAll(List.of("--data", "/var/lib/redward", "--cluster-listen", "0.0.0.0"));
    arguments.addAll(List.of("--cluster-port", String.valueOf(PORT), "--log-format", "json"));
    ContainerBuilder container =
        new ContainerBuilder()
            .withName("scaling")
            .withImage(settings.image())
            .withArgs(arguments)
            .addNewEnv()
            .withName("REDWARD_CLUSTER_SECRET")
            .withNewValueFrom()
            .withNewSecretKeyRef(SECRET_KEY, secretName(), false)
            .endValueFrom()
            .endEnv()
            .addNewPort()
            .withName("queries")
            .withContainerPort(PORT)
            .endPort()
            .withNewReadinessProbe()
            .withNewTcpSocket()
            .withNewPort(PORT)
            .endTcpSocket()
            .withPeriodSeconds(1)
            .endReadinessProbe()
            .withNewResources()
            .withRequests(
                Map.of(
                    "cpu", new Quantity(settings.cpu()), "memory", new Quantity(settings.memory())))
            .withLimits(Map.of("memory", new Quantity(settings.memory())))
            .endResources()
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .withNewCapabilities()
            .withDrop("ALL")
            .endCapabilities()
            .endSecurityContext()
            .addNewVolumeMount()
            .withName("cache")
            .withMountPath("/var/lib/redward")
            .endVolumeMount();
    settings
        .environmentSecret()
        .ifPresent(
            secret ->
                container.addToEnvFrom(
                    new EnvFromSourceBuilder()
                        .withNewSecretRef()
                        .withName(secret)
                        .endSecretRef()
                        .build()));
    PodSpecBuilder spec =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .withTerminationGracePeriodSeconds(GRACE_SECONDS)
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(5439L)
            .withRunAsGroup(5439L)
            .withFsGroup(5439L)
            .endSecurityContext()
            .withContainers(container.build())
            .addNewVolume()
            .withName("cache")
            .withNewEmptyDir()
            .endEmptyDir()
            .endVolume();
    settings.serviceAccount().ifPresent(spec::withServiceAccountName);
    return new PodBuilder()
        .withNewMetadata()
        .withName(settings.name() + "-scaling-" + number)
        .withLabels(labels())
        .endMetadata()
        .withSpec(spec.build())
        .build();
  }

  /// Waits until the pod takes queries.
  ///
  /// @return its address
  private String awaitReady(PodResource resource) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + settings.start().toNanos();
    String state = "it was not scheduled";
    while (System.nanoTime() < deadline) {
      Pod pod = resource.get();
      if (pod == null) {
        throw new IOException("the pod was deleted before it was ready");
      }
      String address = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
      if (Readiness.isPodReady(pod) && address != null) {
        return address;
      }
      Optional<String> reason = hopeless(pod);
      if (reason.isPresent()) {
        throw new IOException("the pod cannot start: " + reason.get());
      }
      state = pod.getStatus() == null ? state : String.valueOf(pod.getStatus().getPhase());
      Thread.sleep(LOOK_MILLIS);
    }
    throw new IOException(
        "the pod was not ready within " + settings.start().toSeconds() + " s: " + state);
  }

  private static Optional<String> hopeless(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    String phase = pod.getStatus().getPhase();
    if ("Failed".equals(phase) || "Succeeded".equals(phase)) {
      return Optional.of(
          phase + " " + Optional.ofNullable(pod.getStatus().getMessage()).orElse(""));
    }
    for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
      ContainerStateWaiting waiting =
          container.getState() == null ? null : container.getState().getWaiting();
      if (waiting != null && HOPELESS.contains(waiting.getReason())) {
        return Optional.of(waiting.getReason() + ": " + waiting.getMessage());
      }
    }
    return Optional.empty();
  }

  private static void delete(PodResource resource, long graceSeconds) {
    List<StatusDetails> unused = resource.withGracePeriod(graceSeconds).delete();
  }

  private static void giveUp(PodResource resource) {
    try {
      delete(resource, 0);
    } catch (KubernetesClientException _) {
      // What is left is deleted before the next start.
    }
  }

  private static IOException failure(String what, KubernetesClientException e) {
    return new IOException(what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    client.close();
  }

  /// A pod, watched for its end.
  private static final class Running implements Provisioned {
    private final String name;
    private final PodResource resource;
    private final String address;
    private final AtomicBoolean there = new AtomicBoolean(true);
    private final Watch watch;

    Running(String name, PodResource resource, String address) {
      this.name = name;
      this.resource = resource;
      this.address = address;
      watch =
          resource.watch(
              new Watcher<>() {
                @Override
                public void eventReceived(Action action, Pod pod) {
                  if (action == Action.DELETED || hopeless(pod).isPresent()) {
                    there.set(false);
                  }
                }

                @Override
                public void onClose(@Nullable WatcherException cause) {
                  // A query that does not get through will tell.
                }
              });
    }

    @Override
    public String host() {
      return address;
    }

    @Override
    public int port() {
      return PORT;
    }

    @Override
    public boolean alive() {
      return there.get();
    }

    @Override
    public void close() {
      watch.close();
      try {
        delete(resource, GRACE_SECONDS);
      } catch (KubernetesClientException e) {
        LOGGER.warn("pod {} could not be deleted: {}", name, e.getMessage());
      }
    }
  }
}
