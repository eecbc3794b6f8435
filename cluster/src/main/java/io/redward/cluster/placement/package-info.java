/// Which node reads what: blocks of tables belong to slices, slices are assigned to nodes; tables
/// with a distribution key are divided by ranges of it where their rows follow its order.
@NullMarked
package io.redward.cluster.placement;

import org.jspecify.annotations.NullMarked;
