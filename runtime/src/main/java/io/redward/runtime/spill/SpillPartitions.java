package io.redward.runtime.spill;

import io.redward.runtime.row.Hashes;
import java.util.ArrayList;
import java.util.List;

/// Rows split by their hash into sixteen runs. Only the upper half of a hash counts.
public final class SpillPartitions {
  private static final int BITS = 4;
  private static final int COUNT = 1 << BITS;
  private static final int MAX_LEVEL = 7;
  private static final byte[] NOTHING = new byte[0];

  private final RowForm form;
  private final SpillFile file;
  private final int level;
  private final long parent;
  private final List<SpillRun> runs = new ArrayList<>();

  /// A partition that is small enough, or cannot be split further: the rows whose hash, spread and
  /// shifted by `shift`, is `value`.
  public record Leaf(int shift, long value, SpillRun run) {
    public boolean holds(long hash) {
      return spread(hash) >>> shift == value;
    }
  }

  public SpillPartitions(RowForm form, SpillFile file) {
    this(form, file, 0, 0);
  }

  private SpillPartitions(RowForm form, SpillFile file, int level, long parent) {
    this.form = form;
    this.file = file;
    this.level = level;
    this.parent = parent;
    for (int i = 0; i < COUNT; i++) {
      runs.add(new SpillRun(file));
    }
  }

  /// The bits of a hash by which rows are split; directories go by others.
  public static long spread(long hash) {
    return Hashes.finish(Hashes.combine(Hashes.SEED, hash >>> 32));
  }

  private int shift() {
    return Long.SIZE - BITS * (level + 1);
  }

  /// One thread's writers.
  public Writers open() {
    return new Writers(this);
  }

  /// Writes rows to the partitions they belong to; to be flushed at the end.
  public static final class Writers {
    private final SpillPartitions owner;
    private final List<BlockWriter> writers = new ArrayList<>();

    private Writers(SpillPartitions owner) {
      this.owner = owner;
      owner.runs.forEach(run -> writers.add(new BlockWriter(owner.form, run)));
    }

    public void add(long hash, long[] page, int row, byte[][] bytes) {
      add(hash, page, row, bytes, NOTHING);
    }

    /// The same with bytes that the row's owner reads back with it.
    public void add(long hash, long[] page, int row, byte[][] bytes, byte[] extra) {
      int number = (int) (spread(hash) >>> owner.shift()) & COUNT - 1;
      writers.get(number).add(hash, page, row, bytes, extra);
    }

    public void flush() {
      writers.forEach(BlockWriter::flush);
    }
  }

  /// The partitions, those of more than `bytes` split again.
  ///
  /// @param split whether rows can be split again: they have nothing beside their words
  public List<Leaf> leaves(long bytes, boolean split) {
    List<Leaf> leaves = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      SpillRun run = runs.get(i);
      long value = parent << BITS | i;
      if (run.memory() > bytes && split && level < MAX_LEVEL) {
        leaves.addAll(again(run, value).leaves(bytes, true));
      } else {
        leaves.add(new Leaf(shift(), value, run));
      }
    }
    return leaves;
  }

  private SpillPartitions again(SpillRun run, long value) {
    SpillPartitions below = new SpillPartitions(form, file, level + 1, value);
    Writers writers = below.open();
    for (int number = 0; number < run.blocks(); number++) {
      RowBlock block = run.block(number, form);
      for (int i = 0; i < block.rows(); i++) {
        writers.add(block.hash(i), block.page(), block.word(i), block.bytes());
      }
    }
    writers.flush();
    return below;
  }
}
