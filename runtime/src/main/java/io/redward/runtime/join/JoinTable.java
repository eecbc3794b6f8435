package io.redward.runtime.join;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.plan.step.SinkStep.Build;
import io.redward.runtime.row.ArrayPool;
import io.redward.runtime.row.BytesArena;
import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.row.RowScan;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.segment.SinkState;
import io.redward.runtime.spill.RowForm;
import io.redward.runtime.spill.SpillPartitions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The build side of a join. Generated probes read the public fields, which are set by [#seal],
/// into locals.
///
/// A probe of a direct table takes `heads[key - min]`; of a hashed one the bucket at the upper half
/// of the hash, in which bit 48 + (hash & 15) must be set. Either gives a row's name plus one, or
/// 0.
public final class JoinTable implements SinkState {
  /// Direct addressing pays while the directory stays below so many entries a row …
  private static final long DIRECT_ENTRIES_PER_ROW = 16;

  /// … or is small anyway.
  private static final long DIRECT_ENTRIES_SMALL = 1 << 16;

  public boolean direct;
  public long min;
  public int[] heads = new int[0];
  public long[] buckets = new long[1];
  public int mask;
  public long[][] rowPages = new long[0][];
  public byte[][] bytesPages = new byte[0][];

  /// By row name: 1 where a probe row has matched.
  public byte[] marks = new byte[0];

  /// True only if no two rows share a key; then chains need not be followed.
  public boolean unique;

  /// True if rows with NULL keys were left out.
  public boolean nullKeys;

  /// True if there was no build row at all, not even one left out.
  public boolean empty;

  /// For probes of a partition: whether rows with a NULL key are seen to by it.
  public boolean holdsNulls = true;

  private SpillPartitions.Leaf[] leaves = new SpillPartitions.Leaf[0];
  private final JoinLayout layout;
  private final MemoryBudget budget;
  private final RowPages pages;
  private final BytesArena arena;
  private final @Nullable JoinKeyFilter[] filters;
  private long directoryBytes;
  private long rows;

  private JoinTable(JoinLayout layout, MemoryBudget budget) {
    this.layout = layout;
    this.budget = budget;
    pages = new RowPages(layout.row().rowWords(), budget);
    arena = new BytesArena(budget);
    filters = new JoinKeyFilter[layout.keyCount()];
  }

  public static JoinTable of(Build build, MemoryBudget budget) {
    return new JoinTable(JoinLayout.of(build), budget);
  }

  public JoinLayout layout() {
    return layout;
  }

  RowPages pages() {
    return pages;
  }

  @Override
  public JoinPart newPart() {
    return new JoinPart(new RowWriter(pages, arena));
  }

  @Override
  public void seal(List<Object> parts, Parallel parallel) {
    for (Object each : parts) {
      JoinPart part = (JoinPart) each;
      part.rows.finish();
      nullKeys |= part.nullKeys;
    }
    rows = pages.rowCount();
    empty = rows == 0 && !nullKeys;
    rowPages = pages.pages();
    bytesPages = arena.pages();
    if (layout.marks()) {
      int names = pages.pageCount() << pages.shift();
      reserve(names);
      marks = new byte[names];
    }
    JoinDirectory directory = new JoinDirectory(layout, pages, parallel);
    if (rows > 0 && layout.integerKey()) {
      KeyRange range = directory.keyRange();
      long entries = range.max() - range.min() + 1;
      if (entries > 0
          && entries <= Math.max(DIRECT_ENTRIES_SMALL, DIRECT_ENTRIES_PER_ROW * rows)
          && entries <= 1 << 30) {
        int length = ArrayPool.length((int) entries);
        reserve(4L * length);
        direct = true;
        min = range.min();
        heads = ArrayPool.INTS.take(length);
        unique = directory.linkDirect(heads, min);
        return;
      }
    }
    int bits = Math.max(1, 64 - Long.numberOfLeadingZeros(2 * rows));
    reserve(8L << bits);
    buckets = ArrayPool.LONGS.take(1 << bits);
    mask = (1 << bits) - 1;
    directory.linkHashed(buckets);
  }

  /// The form of spilled rows.
  public RowForm form() {
    return RowForm.of(layout.row());
  }

  /// Writes the rows of a part to the partitions of their hashes and gives its memory back.
  public void spill(JoinPart part, SpillPartitions partitions) {
    SpillPartitions.Writers writers = partitions.open();
    for (int ref : part.rows.refs()) {
      long[] page = pages.page(ref);
      int row = pages.word(ref);
      long hash = layout.integerKey() ? Hashes.mix(page[row + layout.key(0).word()]) : page[row];
      writers.add(hash, page, row, arena.pages());
    }
    writers.flush();
    part.rows.discard();
  }

  /// Fills and seals this table with some partitions of a join table that was spilled.
  ///
  /// @param whole what is known of all partitions together
  /// @param first whether rows with NULL keys are these partitions'
  public void load(
      List<SpillPartitions.Leaf> partitions, Whole whole, boolean first, Parallel parallel) {
    JoinPart part = newPart();
    RowForm form = form();
    for (SpillPartitions.Leaf partition : partitions) {
      for (int number = 0; number < partition.run().blocks(); number++) {
        partition.run().block(number, form).appendTo(part.rows);
      }
    }
    seal(List.of(part), parallel);
    nullKeys = whole.nullKeys();
    empty = whole.empty();
    leaves = partitions.toArray(SpillPartitions.Leaf[]::new);
    holdsNulls = first;
  }

  /// What a probe asks of a join table as a whole.
  ///
  /// @param nullKeys whether rows with NULL keys were left out
  /// @param empty whether there was no row at all
  public record Whole(boolean nullKeys, boolean empty) {}

  /// For probes of a partition: whether a row of this hash is to be looked up in it.
  public boolean holds(long hash) {
    for (SpillPartitions.Leaf leaf : leaves) {
      if (leaf.holds(hash)) {
        return true;
      }
    }
    return false;
  }

  private void reserve(long bytes) {
    budget.reserve(bytes);
    directoryBytes += bytes;
  }

  /// What a scan may ask about its column that meets key `keyIndex`; empty if asking would not
  /// pay. Rows the filter drops match no build row.
  public synchronized Optional<JoinKeyFilter> filter(int keyIndex) {
    JoinKeyFilter known = filters[keyIndex];
    if (known == null) {
      Optional<JoinKeyFilter> made = JoinKeyFilter.of(this, keyIndex);
      if (made.isEmpty()) {
        return made;
      }
      known = made.get();
      filters[keyIndex] = known;
    }
    return Optional.of(known);
  }

  /// The build rows that were marked by a probe, or those that were not; payload fields.
  public RowScan scan(boolean matched) {
    int[] refs = RowScan.allRefs(pages);
    int kept = 0;
    for (int ref : refs) {
      if (marks[ref] != 0 == matched) {
        refs[kept++] = ref;
      }
    }
    List<Slot> slots = layout.payloadSlotList();
    return new RowScan(slots, pages, arena, Arrays.copyOf(refs, kept), 0, kept);
  }

  @Override
  public long rowCount() {
    return rows;
  }

  @Override
  public long bytes() {
    return pages.bytes() + arena.bytes() + directoryBytes;
  }

  @Override
  public void close() {
    pages.close();
    arena.close();
    budget.release(directoryBytes);
    directoryBytes = 0;
    ArrayPool.INTS.give(heads, heads.length);
    ArrayPool.LONGS.give(buckets, buckets.length);
    heads = new int[0];
    marks = new byte[0];
    buckets = new long[1];
    mask = 0;
  }
}
