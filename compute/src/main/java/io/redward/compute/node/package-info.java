/// A compute node inside one process: runs the streams of a plan one after another, each segment by
/// as many workers as it has work for. Entry type: [io.redward.compute.node.LocalRunner].
///
/// Workers of all queries share slots ([io.redward.compute.node.WorkSlots]), one a core, whose turn
/// it is by what each query has used so far. States that outgrow a query's memory move to disk
/// ([io.redward.compute.node.StateSpill] says how, a class a kind of state) and are read back
/// partition by partition.
@NullMarked
package io.redward.compute.node;

import org.jspecify.annotations.NullMarked;
