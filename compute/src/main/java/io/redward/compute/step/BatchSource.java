package io.redward.compute.step;

/// A segment's source, opened for one execution and shared by the segment's workers.
public interface BatchSource {
  /// Pieces the source is cut into: more workers than that find nothing to do.
  int workUnits();

  /// Pieces that readers have begun, for those who watch; those of no interest count none.
  default int unitsTaken() {
    return 0;
  }

  /// A reader for one worker. All readers together yield every row once.
  BatchReader open();

  /// No more rows come out; the largest number where that is not known.
  default long rowsAtMost() {
    return Long.MAX_VALUE;
  }

  /// The same source, to be read by one worker alone.
  static BatchSource forOneWorker(BatchSource source) {
    return new BatchSource() {
      @Override
      public int workUnits() {
        return Math.min(1, source.workUnits());
      }

      @Override
      public int unitsTaken() {
        return source.unitsTaken();
      }

      @Override
      public long rowsAtMost() {
        return source.rowsAtMost();
      }

      @Override
      public BatchReader open() {
        return source.open();
      }
    };
  }
}
