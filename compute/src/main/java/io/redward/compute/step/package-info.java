/// The steps that are not compiled: sources that turn states, system tables and constants into
/// batches, and sinks that hand batches to tables and clients. Entry types:
/// [io.redward.compute.step.BatchSource] and [io.redward.compute.step.BatchReader].
@NullMarked
package io.redward.compute.step;

import org.jspecify.annotations.NullMarked;
