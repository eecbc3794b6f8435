package io.redward.python;

import com.sun.management.ThreadMXBean;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/// Looks at all running calls every few milliseconds and closes the interpreter of one that has
/// used more time or memory than it may, or whose statement is cancelled.
///
/// What an interpreter holds cannot be asked. What it allocates can, and is mostly garbage of its
/// own: so a call may allocate many times its limit, unless it allocates faster than interpreters
/// do, which is one large thing, or the process has little memory left.
final class Watch {
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());
  private static final long PERIOD_MILLIS = 10;

  /// An interpreter allocates for itself what compiled code would keep in registers: a call may
  /// allocate so many times its limit.
  private static final int INTERPRETER = 64;

  /// More than an interpreter makes of garbage.
  private static final long BYTES_A_MILLI = 4L << 20;

  /// The share of the heap that is still in use after a collection from which on no call may
  /// allocate more than its limit.
  private static final double FULL = 0.75;

  private static final MemoryPoolMXBean OLD =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()))
          .orElseThrow();

  private static final Set<Entry> RUNNING = ConcurrentHashMap.newKeySet();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static {
    Thread.ofPlatform().daemon().name("python-watch").start(Watch::watch);
  }

  private Watch() {}

  /// A call while it runs.
  static final class Entry {
    private final PythonCode code;
    private final Context context;
    private final long thread = Thread.currentThread().threadId();
    private final long started = System.nanoTime();
    private final long allocated = THREADS.getThreadAllocatedBytes(thread);
    private long lookedAt = started;
    private long lookedBytes;
    private volatile @Nullable SqlException reason;

    private Entry(PythonCode code, Context context) {
      this.code = code;
      this.context = context;
    }

    /// Why it was ended, if it was.
    @Nullable SqlException reason() {
      return reason;
    }

    private synchronized void look() {
      if (reason == null) {
        reason = exceeded();
        if (reason != null) {
          close();
        }
      }
    }

    /// Other calls are looked at even if the closing of one fails.
    private void close() {
      try {
        context.close(true);
      } catch (PolyglotException | IllegalStateException e) {
        LOG.log(System.Logger.Level.WARNING, "an interpreter could not be closed", e);
      }
    }

    /// What came between the last look and the end.
    private synchronized void last() {
      if (reason == null) {
        reason = memory();
      }
    }

    private @Nullable SqlException exceeded() {
      try {
        code.cancelToken().check();
      } catch (SqlException e) {
        return e;
      }
      int millis = code.limits().millis();
      if (System.nanoTime() - started > millis * 1_000_000L) {
        return limit("it ran longer than " + millis + " ms");
      }
      return memory();
    }

    private @Nullable SqlException memory() {
      long now = System.nanoTime();
      long most = code.limits().bytes();
      long bytes = THREADS.getThreadAllocatedBytes(thread) - allocated;
      long garbage = BYTES_A_MILLI * (1 + (now - lookedAt) / 1_000_000L);
      boolean large = bytes - lookedBytes > most + garbage;
      lookedAt = now;
      lookedBytes = bytes;
      return large || bytes / INTERPRETER > most || bytes > most && isFull()
          ? limit("it used more than " + (most >> 20) + " MB of memory")
          : null;
    }

    private static boolean isFull() {
      MemoryUsage usage = OLD.getCollectionUsage();
      return usage != null && usage.getUsed() > FULL * usage.getMax();
    }

    private static SqlException limit(String message) {
      return SqlException.ofValue(SqlState.PROGRAM_LIMIT_EXCEEDED, message);
    }
  }

  static Entry begin(PythonCode code, Context context) {
    Entry entry = new Entry(code, context);
    RUNNING.add(entry);
    return entry;
  }

  static void end(Entry entry) {
    RUNNING.remove(entry);
    entry.last();
  }

  private static void watch() {
    while (true) {
      for (Entry entry : RUNNING) {
        entry.look();
      }
      try {
        Thread.sleep(PERIOD_MILLIS);
      } catch (InterruptedException _) {
        return;
      }
    }
  }
}
