package io.redward.runtime.row;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Large arrays that states have given back, kept for the next ones: allocating and copying them
/// anew for every query would keep the garbage collector busy. Lengths are powers of two.
/// Thread-safe.
///
/// Whoever gives an array back must be sure that nobody uses it any more.
public final class ArrayPool<A> {
  /// The pools of the process. Together they keep at most a sixth of the heap.
  public static final ArrayPool<long[]> LONGS =
      new ArrayPool<>(long[]::new, array -> Arrays.fill(array, 0), 8, 8);

  public static final ArrayPool<int[]> INTS =
      new ArrayPool<>(int[]::new, array -> Arrays.fill(array, 0), 4, 32);

  /// Their contents are not cleared.
  public static final ArrayPool<byte[]> BYTES = new ArrayPool<>(byte[]::new, _ -> {}, 1, 32);

  /// Shorter arrays are not worth keeping.
  private static final int MIN_LOG = 13;

  private static final int MAX_LOG = 26;

  private final IntFunction<A> factory;
  private final Consumer<A> clear;
  private final int elementBytes;
  private final long limitBytes;
  private final AtomicLong keptBytes = new AtomicLong();
  private final ConcurrentLinkedQueue<A>[] kept;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private ArrayPool(IntFunction<A> factory, Consumer<A> clear, int elementBytes, int shareOfHeap) {
    this.factory = factory;
    this.clear = clear;
    this.elementBytes = elementBytes;
    limitBytes = Runtime.getRuntime().maxMemory() / shareOfHeap;
    kept = new ConcurrentLinkedQueue[MAX_LOG + 1];
    for (int log = MIN_LOG; log <= MAX_LOG; log++) {
      kept[log] = new ConcurrentLinkedQueue<>();
    }
  }

  /// The length of the array that [#take] gives for a wish: the next power of two.
  public static int length(int wanted) {
    return wanted <= 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1;
  }

  /// An array of `length` elements, a power of two; of zeros where the pool clears.
  public A take(int length) {
    int log = Integer.numberOfTrailingZeros(length);
    if (log >= MIN_LOG && log <= MAX_LOG) {
      A array = kept[log].poll();
      if (array != null) {
        keptBytes.addAndGet(-(long) length * elementBytes);
        clear.accept(array);
        return array;
      }
    }
    return factory.apply(length);
  }

  /// Takes back an array of `length` elements.
  public void give(A array, int length) {
    int log = Integer.numberOfTrailingZeros(length);
    boolean fits = length == 1 << log && log >= MIN_LOG && log <= MAX_LOG;
    long bytes = (long) length * elementBytes;
    if (fits && keptBytes.addAndGet(bytes) <= limitBytes) {
      kept[log].add(array);
    } else if (fits) {
      keptBytes.addAndGet(-bytes);
    }
  }
}
