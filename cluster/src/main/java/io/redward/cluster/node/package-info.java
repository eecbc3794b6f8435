/// Members of the cluster, and the job that one query is. The only package that knows Hazelcast.
@NullMarked
package io.redward.cluster.node;

import org.jspecify.annotations.NullMarked;
