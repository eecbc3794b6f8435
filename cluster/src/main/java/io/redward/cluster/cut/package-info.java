/// Cuts a plan at its exchanges: what the nodes do with their share of the rows, what the leader
/// does with what they send. Knows plans and nothing of networks.
@NullMarked
package io.redward.cluster.cut;

import org.jspecify.annotations.NullMarked;
