/// What goes over the network: plans and batches as bytes. Nothing else can be read from a message:
/// the reader of plans makes only records of plans, the reader of batches only arrays of numbers.
@NullMarked
package io.redward.cluster.wire;

import org.jspecify.annotations.NullMarked;
