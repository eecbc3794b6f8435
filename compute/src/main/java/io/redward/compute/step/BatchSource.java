package io.redward.compute.step;

/// A segment's source, opened for one execution and shared by the segment's workers.
public interface BatchSource {
  /// Pieces the source is cut into: more workers than that find nothing to do.
  int workUnits();

  /// A reader for one worker. All readers together yield every row once.
  BatchReader open();
}
