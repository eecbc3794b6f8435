package io.redward.runtime.spill;

import java.util.ArrayList;
import java.util.List;

/// Blocks of rows that belong together, in the order they were written. Thread-safe while written.
public final class SpillRun {
  private final SpillFile file;
  private final List<Chunk> chunks = new ArrayList<>();
  private long rows;
  private long memory;

  private record Chunk(long start, int length) {}

  public SpillRun(SpillFile file) {
    this.file = file;
  }

  synchronized void append(byte[] block, int length, int blockRows, long blockMemory) {
    chunks.add(new Chunk(file.append(block, length), length));
    rows += blockRows;
    memory += blockMemory;
  }

  public synchronized long rows() {
    return rows;
  }

  /// About what the rows take when they are in memory again.
  public synchronized long memory() {
    return memory;
  }

  public synchronized int blocks() {
    return chunks.size();
  }

  SpillFile file() {
    return file;
  }

  /// Reads a block back.
  public RowBlock block(int number, RowForm form) {
    Chunk chunk;
    synchronized (this) {
      chunk = chunks.get(number);
    }
    return RowBlock.decode(file.read(chunk.start(), chunk.length()), form);
  }
}
