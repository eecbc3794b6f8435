package io.redward.cluster.scaling;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A way to start clusters that is a plug-in, found by [java.util.ServiceLoader].
public interface ProvisionerKind {
  /// What `--scaling-provisioner` calls it.
  String name();

  /// @throws IOException if the settings are not good for it
  Provisioner open(Launch launch) throws IOException;

  /// What is to be started.
  ///
  /// @param arguments of the command line, but for the data directory and the address to listen at
  /// @param secret what the processes must know, as the variable `REDWARD_CLUSTER_SECRET`
  /// @param settings of the kind's own
  record Launch(List<String> arguments, String secret, Map<String, String> settings) {
    public Launch {
      arguments = List.copyOf(arguments);
      settings = Map.copyOf(settings);
    }
  }
}
