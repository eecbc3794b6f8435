/// What a compiled segment looks like from outside. Code generation turns a plan's segment into a
/// [io.redward.runtime.segment.CompiledSegment]; a runner makes one
/// [io.redward.runtime.segment.SegmentProgram] a worker, opens it with the worker's
/// [io.redward.runtime.segment.SegmentContext], pushes batches through it and finishes it. What a
/// segment leaves behind is a [io.redward.runtime.segment.SinkState]: every worker fills a part of
/// its own without locks, and sealing joins the parts.
@NullMarked
package io.redward.runtime.segment;

import org.jspecify.annotations.NullMarked;
