/// Which node reads what: blocks of tables belong to slices, slices are assigned to nodes.
@NullMarked
package io.redward.cluster.placement;

import org.jspecify.annotations.NullMarked;
