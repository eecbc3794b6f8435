/// How tables are used, and what follows for their layout. [io.redward.leader.advice.Workload]
/// keeps count of which columns queries filter by and join on, and how many bytes pruning could
/// have saved; [io.redward.leader.advice.Advisor] reads a sort key or a distribution key out of
/// that where it pays. Who carries the advice out is the session package's background worker.
@NullMarked
package io.redward.leader.advice;

import org.jspecify.annotations.NullMarked;
