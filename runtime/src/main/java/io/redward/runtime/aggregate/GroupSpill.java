package io.redward.runtime.aggregate;

import io.redward.runtime.aggregate.AggregateLayout.State;
import io.redward.runtime.row.BytesArena;
import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.spill.RowBlock;
import io.redward.runtime.spill.RowForm;
import io.redward.runtime.spill.SpillPartitions;
import io.redward.runtime.spill.SpillRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Groups on their way to disk and back, as rows with their states; what collectors hold goes
/// beside the rows.
final class GroupSpill {
  private static final byte[] NOTHING = new byte[0];
  private static final long UPPER = 0xFFFF_FFFFL << 32;

  private final AggregateLayout layout;
  private final RowPages pages;
  private final BytesArena arena;
  private final RowForm form;
  private final List<State> collecting;

  GroupSpill(AggregateLayout layout, RowPages pages, BytesArena arena) {
    this.layout = layout;
    this.pages = pages;
    this.arena = arena;
    form = RowForm.of(layout.row());
    collecting = layout.states().stream().filter(s -> s.kind() == StateKind.COLLECT).toList();
  }

  static boolean collects(AggregateLayout layout) {
    return layout.states().stream().anyMatch(state -> state.kind() == StateKind.COLLECT);
  }

  void write(AggregatePart part, SpillPartitions partitions) {
    SpillPartitions.Writers writers = partitions.open();
    if (layout.integerKey()) {
      writeIntegers(part, writers);
    } else {
      for (long entry : part.directory) {
        if (entry != 0) {
          write(part, entry & UPPER, (int) entry - 1, writers);
        }
      }
    }
    writers.flush();
    part.collectors.forEach(Collector::close);
    part.collectors.clear();
    part.closeDirectories();
    part.rows.discard();
  }

  private void writeIntegers(AggregatePart part, SpillPartitions.Writers writers) {
    int keyWord = layout.key(0).word();
    for (int place = 0; place < part.integers.places(); place++) {
      int name = part.integers.at(place);
      if (name != 0) {
        long key = pages.page(name - 1)[pages.word(name - 1) + keyWord];
        write(part, Hashes.mix(key) & UPPER, name - 1, writers);
      }
    }
    int nullGroup = part.integers.nullGroup();
    if (nullGroup != 0) {
      write(part, Hashes.NULL_WORD & UPPER, nullGroup - 1, writers);
    }
  }

  private void write(AggregatePart part, long hash, int ref, SpillPartitions.Writers writers) {
    long[] page = pages.page(ref);
    int row = pages.word(ref);
    writers.add(hash, page, row, arena.pages(), extra(part, page, row));
  }

  /// What the row's collectors hold, one after another; those that are not there leave nothing.
  private byte[] extra(AggregatePart part, long[] page, int row) {
    if (collecting.isEmpty()) {
      return NOTHING;
    }
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      for (State state : collecting) {
        long handle = page[row + state.extra()];
        if (handle != 0) {
          part.collectors.get((int) handle - 1).write(out);
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void read(SpillRun run, AggregatePart part, GroupMerge merge) {
    for (int number = 0; number < run.blocks(); number++) {
      RowBlock block = run.block(number, form);
      byte[] extras = new byte[block.extras().remaining()];
      block.extras().get(extras);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(extras));
      for (int i = 0; i < block.rows(); i++) {
        read(block, i, part, merge, in);
      }
    }
  }

  private void read(
      RowBlock block, int index, AggregatePart part, GroupMerge merge, DataInputStream in) {
    long[] page = block.page();
    int row = block.word(index);
    for (Slot slot : form.strings()) {
      block.keepString(slot, page, row, part.rows);
    }
    try {
      for (State state : collecting) {
        if (page[row + state.extra()] != 0) {
          page[row + state.extra()] = 0;
          part.collector(page, row, layout.states().indexOf(state)).read(in);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long hash = block.hash(index);
    int found =
        layout.integerKey() ? findInteger(part, page, row) : find(part, hash, page, row, merge);
    if (found != 0) {
      merge.states.merge(pages.page(found - 1), pages.word(found - 1), page, row);
      return;
    }
    int to = layout.integerKey() ? addInteger(part, page, row) : part.enterNew(hash);
    System.arraycopy(page, row, part.page, to, layout.row().rowWords());
  }

  private int findInteger(AggregatePart part, long[] page, int row) {
    Slot key = layout.key(0);
    return part.integers.find(key.isNull(page, row), page[row + key.word()]);
  }

  /// The key must be in the row when groups are looked up, which the copy that follows sees to.
  private int addInteger(AggregatePart part, long[] page, int row) {
    Slot key = layout.key(0);
    return part.integers.add(key.isNull(page, row), page[row + key.word()]);
  }

  private int find(AggregatePart part, long hash, long[] page, int row, GroupMerge merge) {
    int slot = (int) (hash >>> 32) & part.mask;
    for (long entry = part.directory[slot]; entry != 0; entry = part.directory[slot]) {
      if ((entry ^ hash) >>> 32 == 0) {
        int ref = (int) entry - 1;
        if (merge.sameKeys(pages.page(ref), pages.word(ref), page, row)) {
          return (int) entry;
        }
      }
      slot = slot + 1 & part.mask;
    }
    return 0;
  }
}
