package io.redward.cluster.cut;

import io.redward.plan.step.Segment;

/// A segment and where it runs. `segment.id()` is that of the plan's segment that it comes from.
record PlacedSegment(Place place, Segment segment) {}
