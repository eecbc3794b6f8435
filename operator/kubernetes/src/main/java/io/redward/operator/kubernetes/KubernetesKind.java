package io.redward.operator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.redward.cluster.scaling.Provisioner;
import io.redward.cluster.scaling.ProvisionerKind;
import java.io.IOException;

/// `--scaling-provisioner kubernetes`.
public final class KubernetesKind implements ProvisionerKind {
  @Override
  public String name() {
    return "kubernetes";
  }

  /// Reaches the API server as pods do, by the service account, or as kubectl does.
  @Override
  public Provisioner open(Launch launch) throws IOException {
    PodSettings settings = PodSettings.of(launch.settings());
    return new KubernetesProvisioner(new KubernetesClientBuilder().build(), settings, launch);
  }
}
