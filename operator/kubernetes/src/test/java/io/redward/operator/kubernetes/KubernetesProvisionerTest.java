package io.redward.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.redward.cluster.scaling.Provisioner;
import io.redward.cluster.scaling.ProvisionerKind;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pods against a mock of the API server; the test does what a kubelet would.
class KubernetesProvisionerTest {
  private static final ProvisionerKind.Launch LAUNCH =
      new ProvisionerKind.Launch(
          List.of("start", "--role", "scaling", "--store", "s3://bucket/warehouse"),
          "open sesame",
          Map.of());

  private final Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
  private KubernetesMockServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            answers,
            new KubernetesMixedDispatcher(answers),
            true);
    server.init();
    client = server.createClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.destroy();
  }

  private KubernetesProvisioner provisioner(String... more) throws IOException {
    Map<String, String> settings =
        new TreeMap<>(
            Map.of("image", "redward:0.1.0", "name", "shop", "namespace", "data", "cpu", "2"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new KubernetesProvisioner(server.createClient(), PodSettings.of(settings), LAUNCH);
  }

  private List<Pod> pods() {
    return client.pods().inNamespace("data").list().getItems();
  }

  /// Gives the pod a state as soon as it is there.
  private Thread kubelet(PodStatus status) {
    return Thread.ofPlatform()
        .start(
            () -> {
              Pod pod =
                  client
                      .pods()
                      .inNamespace("data")
                      .withName("shop-scaling-0")
                      .waitUntilCondition(found -> found != null, 30, TimeUnit.SECONDS);
              Pod unused =
                  client
                      .pods()
                      .inNamespace("data")
                      .resource(new PodBuilder(pod).withStatus(status).build())
                      .updateStatus();
            });
  }

  private static PodStatus ready() {
    return new PodStatusBuilder()
        .withPhase("Running")
        .withPodIP("10.1.2.3")
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .build();
  }

  @Test
  void a_cluster_is_a_pod_with_labels_resources_and_the_secret() throws Exception {
    try (KubernetesProvisioner provisioner =
        provisioner("service-account", "reader", "environment-secret", "aws")) {
      Thread kubelet = kubelet(ready());
      Provisioner.Provisioned cluster = provisioner.start(0);
      kubelet.join();
      assertThat(cluster.host()).isEqualTo("10.1.2.3");
      assertThat(cluster.port()).isEqualTo(KubernetesProvisioner.PORT);
      assertThat(cluster.alive()).isTrue();
      assertThat(pods()).hasSize(1);
      Pod pod = pods().getFirst();
      assertThat(pod.getMetadata().getLabels())
          .containsEntry("app.kubernetes.io/name", "redward-scaling")
          .containsEntry("app.kubernetes.io/instance", "shop");
      assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
      assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("reader");
      Container container = pod.getSpec().getContainers().getFirst();
      assertThat(container.getImage()).isEqualTo("redward:0.1.0");
      assertThat(container.getArgs())
          .containsSequence("start", "--role", "scaling", "--store", "s3://bucket/warehouse")
          .doesNotContain("open sesame");
      assertThat(container.getResources().getRequests())
          .containsEntry("cpu", new Quantity("2"))
          .containsEntry("memory", new Quantity("4Gi"));
      assertThat(container.getEnv().getFirst().getValueFrom().getSecretKeyRef().getName())
          .isEqualTo("shop-scaling");
      assertThat(container.getEnvFrom().getFirst().getSecretRef().getName()).isEqualTo("aws");
      assertThat(client.secrets().inNamespace("data").withName("shop-scaling").get()).isNotNull();

      cluster.close();
      assertThat(pods()).isEmpty();
    }
  }

  @Test
  void a_pod_that_somebody_deletes_is_not_alive() throws Exception {
    try (KubernetesProvisioner provisioner = provisioner()) {
      Thread kubelet = kubelet(ready());
      Provisioner.Provisioned cluster = provisioner.start(0);
      kubelet.join();
      assertThat(client.pods().inNamespace("data").withName("shop-scaling-0").delete()).hasSize(1);
      for (int look = 0; look < 500 && cluster.alive(); look++) {
        Thread.sleep(20);
      }
      assertThat(cluster.alive()).isFalse();
      cluster.close();
    }
  }

  @Test
  void an_image_that_is_not_there_is_told_and_nothing_is_left() throws Exception {
    try (KubernetesProvisioner provisioner = provisioner()) {
      Thread kubelet =
          kubelet(
              new PodStatusBuilder()
                  .withPhase("Pending")
                  .addNewContainerStatus()
                  .withNewState()
                  .withNewWaiting("no such image", "ErrImagePull")
                  .endState()
                  .endContainerStatus()
                  .build());
      assertThatThrownBy(() -> provisioner.start(0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ErrImagePull");
      kubelet.join();
      assertThat(pods()).isEmpty();
    }
  }

  @Test
  void a_pod_that_is_never_ready_is_given_up() throws Exception {
    try (KubernetesProvisioner provisioner = provisioner("start-seconds", "1")) {
      assertThatThrownBy(() -> provisioner.start(0)).hasMessageContaining("not ready within 1 s");
      assertThat(pods()).isEmpty();
    }
  }

  @Test
  void an_api_server_that_refuses_is_told() throws Exception {
    server
        .expect()
        .post()
        .withPath("/api/v1/namespaces/data/pods")
        .andReturn(403, "{\"message\":\"exceeded quota\"}")
        .always();
    try (KubernetesProvisioner provisioner = provisioner()) {
      assertThatThrownBy(() -> provisioner.start(0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a pod cannot be made");
    }
  }

  @Test
  void pods_of_an_earlier_process_are_deleted_and_others_are_left() throws Exception {
    for (String instance : List.of("shop", "other")) {
      Pod unused =
          client
              .pods()
              .inNamespace("data")
              .resource(
                  new PodBuilder()
                      .withNewMetadata()
                      .withName(instance + "-scaling-7")
                      .addToLabels("app.kubernetes.io/name", "redward-scaling")
                      .addToLabels("app.kubernetes.io/instance", instance)
                      .addToLabels("app.kubernetes.io/component", "scaling")
                      .endMetadata()
                      .build())
              .create();
    }
    try (KubernetesProvisioner provisioner = provisioner()) {
      provisioner.clean();
    }
    assertThat(pods())
        .extracting(pod -> pod.getMetadata().getName())
        .containsExactly("other-scaling-7");
  }

  @Test
  void settings_that_are_wrong_are_refused() {
    assertThatThrownBy(() -> PodSettings.of(Map.of())).hasMessageContaining("image");
    assertThatThrownBy(() -> PodSettings.of(Map.of("image", "x", "colour", "red")))
        .hasMessageContaining("colour");
    assertThatThrownBy(() -> PodSettings.of(Map.of("image", "x", "name", "No Name")))
        .hasMessageContaining("No Name");
  }

  @Test
  void the_plug_in_is_found_by_its_name() {
    assertThat(StreamSupport.stream(ServiceLoader.load(ProvisionerKind.class).spliterator(), false))
        .extracting(ProvisionerKind::name)
        .containsExactly("kubernetes");
  }
}
