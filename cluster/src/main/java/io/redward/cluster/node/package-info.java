/// Members of the cluster, and the job that one query is. The only package that knows Hazelcast.
///
/// [io.redward.cluster.node.ClusterRunner] stands before the leader's own runner: it makes a job of
/// a plan that can be cut and gives the rest to that one. On every
/// [io.redward.cluster.node.Member] a vertex of the job is a
/// [io.redward.cluster.node.FragmentRun], which hands its segments to the runner there.
@NullMarked
package io.redward.cluster.node;

import org.jspecify.annotations.NullMarked;
