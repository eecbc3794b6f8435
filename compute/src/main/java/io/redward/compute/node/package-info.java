/// A compute node inside one process: runs the streams of a plan one after another, each segment by
/// as many workers as it has work for. Entry type: [io.redward.compute.node.LocalRunner].
@NullMarked
package io.redward.compute.node;

import org.jspecify.annotations.NullMarked;
