package io.redward.compute.scan;

/// What a zone map lets one say about a filter without reading the block.
enum Verdict {
  /// No row of the block passes.
  NONE,
  /// The rows must be looked at.
  SOME,
  /// Every row of the block passes.
  ALL
}
