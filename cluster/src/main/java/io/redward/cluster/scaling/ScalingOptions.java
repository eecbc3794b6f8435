package io.redward.cluster.scaling;

import java.time.Duration;

/// When clusters are added and taken away.
///
/// @param clusters how many there may be at once
/// @param seats how many large queries each cluster, the main one too, has at work at once
/// @param leastRows queries of fewer rows to look at never stand in line
/// @param patience how long a query stands in line before it looks for another cluster
/// @param idle how long a cluster may be without a query before it is ended
/// @param secret what the clusters' processes know and nobody else
public record ScalingOptions(
    int clusters, int seats, long leastRows, Duration patience, Duration idle, String secret) {}
