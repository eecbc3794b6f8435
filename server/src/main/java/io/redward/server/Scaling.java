package io.redward.server;

import io.redward.cluster.scaling.Provisioner;
import io.redward.cluster.scaling.ScalingOptions;

/// What is needed to add clusters while queries wait.
///
/// @param provisioner starts them; closed with the server
public record Scaling(ScalingOptions options, Provisioner provisioner) {}
