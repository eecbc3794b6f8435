package io.redward.plan.run;

import java.time.Instant;
import java.util.Optional;

/// The life of a cluster that was added for a while.
///
/// @param end empty while it is there
/// @param queries that it has run
/// @param usedNanos how long it has had at least one query to run
public record ScalingUse(Instant start, Optional<Instant> end, long queries, long usedNanos) {}
