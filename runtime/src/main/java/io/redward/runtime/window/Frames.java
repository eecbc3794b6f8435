package io.redward.runtime.window;

import io.redward.plan.step.SinkStep.WindowFrame;

/// The frame of every row: rows `low[i] .. high[i])`, empty if `low[i] >= high[i]`. Within a
/// partition neither bound ever decreases.
///
/// @param low by row, the first row of its frame
/// @param high by row, the row behind its frame
record Frames(int[] low, int[] high) {
  private static final long UNBOUNDED = Long.MAX_VALUE;

  static Frames of(WindowFrame frame, WindowRows rows) {
    Frames frames = new Frames(new int[rows.count()], new int[rows.count()]);
    int[] partitions = rows.partitions();
    for (int p = 0; p + 1 < partitions.length; p++) {
      if (frame.rows()) {
        frames.byRows(frame, partitions[p], partitions[p + 1]);
      }
    }
    if (!frame.rows()) {
      frames.byPeers(frame, rows);
    }
    return frames;
  }

  private void byRows(WindowFrame frame, int start, int end) {
    for (int row = start; row < end; row++) {
      low[row] = frame.start() == UNBOUNDED ? start : clamp(row, -frame.start(), start, end);
      high[row] = frame.end() == UNBOUNDED ? end : clamp(row + 1, frame.end(), start, end);
    }
  }

  private static int clamp(int row, long shift, int start, int end) {
    return shift > end ? end : shift < -end ? start : (int) Math.clamp(row + shift, start, end);
  }

  /// RANGE frames end at the bounds of the partition or of the current row's peers.
  private void byPeers(WindowFrame frame, WindowRows rows) {
    int[] partitions = rows.partitions();
    int[] peers = rows.peers();
    int partition = 0;
    for (int peer = 0; peer + 1 < peers.length; peer++) {
      while (peers[peer] >= partitions[partition + 1]) {
        partition++;
      }
      int from = frame.start() == UNBOUNDED ? partitions[partition] : peers[peer];
      int to = frame.end() == UNBOUNDED ? partitions[partition + 1] : peers[peer + 1];
      for (int row = peers[peer]; row < peers[peer + 1]; row++) {
        low[row] = from;
        high[row] = to;
      }
    }
  }
}
