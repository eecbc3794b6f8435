package io.redward.storage.rowset;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Encoded blocks that wait for their rowset to be full. They wait outside of the heap: there they
/// would outlive many collections of young objects, be moved among the old ones, and be garbage a
/// moment later, which nobody looks for before the old ones take all the room there is.
///
/// One thread at a time. Whoever gives up a rowset midway just forgets it.
final class WaitingBlocks {
  private static final Cleaner CLEANER = Cleaner.create();

  /// Those of a few rows are not worth it.
  private static final int MIN_BYTES = 16 << 10;

  private final List<Place> places = new ArrayList<>();
  private @Nullable Arena arena;
  private Cleaner.@Nullable Cleanable ending;

  /// Where one block is.
  private sealed interface Place {
    int length();

    byte[] bytes();
  }

  private record OnHeap(byte[] bytes) implements Place {
    @Override
    public int length() {
      return bytes.length;
    }
  }

  private record OffHeap(MemorySegment segment) implements Place {
    @Override
    public int length() {
      return (int) segment.byteSize();
    }

    @Override
    public byte[] bytes() {
      return segment.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /// The place of the next block.
  int add(byte[] block) {
    if (block.length < MIN_BYTES) {
      places.add(new OnHeap(block));
    } else {
      MemorySegment segment = arena().allocate(block.length);
      MemorySegment.copy(block, 0, segment, ValueLayout.JAVA_BYTE, 0, block.length);
      places.add(new OffHeap(segment));
    }
    return places.size() - 1;
  }

  int length(int place) {
    return places.get(place).length();
  }

  /// Blocks between others, each read when it is asked for.
  ///
  /// @param order of the blocks
  List<byte[]> between(byte[] head, int[] order, byte[] tail) {
    return new AbstractList<>() {
      @Override
      public byte[] get(int index) {
        return index == 0
            ? head
            : index > order.length ? tail : places.get(order[index - 1]).bytes();
      }

      @Override
      public int size() {
        return order.length + 2;
      }
    };
  }

  /// Frees what is held.
  void clear() {
    places.clear();
    Cleaner.Cleanable known = ending;
    if (known != null) {
      known.clean();
    }
  }

  private Arena arena() {
    Arena open = arena;
    if (open == null) {
      open = Arena.ofShared();
      arena = open;
      ending = CLEANER.register(this, open::close);
    }
    return open;
  }
}
