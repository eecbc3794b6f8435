package io.redward.cluster.node;

/// What travels on an edge: bytes for one member.
///
/// @param partition a partition that the receiving member owns, by which the edge finds it
/// @param bytes an encoded batch
record Frame(int partition, byte[] bytes) {}
