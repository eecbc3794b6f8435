/// Scaling clusters as pods of Kubernetes: a pod a cluster, made while queries wait on the leader
/// and deleted when nobody uses it. A plug-in of its own, since its libraries are as large as the
/// rest of the server.
@NullMarked
package io.redward.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
