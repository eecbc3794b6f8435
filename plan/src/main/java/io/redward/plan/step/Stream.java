package io.redward.plan.step;

import java.util.List;

/// Segments that may run at the same time; the next stream starts when all have ended.
public record Stream(int id, List<Segment> segments) {
  public Stream {
    segments = List.copyOf(segments);
  }
}
