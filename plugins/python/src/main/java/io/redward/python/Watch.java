package io.redward.python;

import com.sun.management.ThreadMXBean;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/// Looks at all running calls every few milliseconds and closes the interpreter of one that has
/// used more time or memory than it may, or whose statement is cancelled.
final class Watch {
  private static final long PERIOD_MILLIS = 10;

  /// An interpreter allocates for itself what compiled code would keep in registers: a call may
  /// allocate so many times its limit.
  private static final int INTERPRETER = 64;

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
    private volatile @Nullable SqlException reason;

    private Entry(PythonCode code, Context context) {
      this.code = code;
      this.context = context;
    }

    /// Why it was ended, if it was.
    @Nullable SqlException reason() {
      return reason;
    }

    private void look() {
      SqlException found = exceeded();
      if (found != null && reason == null) {
        reason = found;
        context.close(true);
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
      long bytes = THREADS.getThreadAllocatedBytes(thread) - allocated;
      return bytes / INTERPRETER > code.limits().bytes()
          ? limit("it used more than " + (code.limits().bytes() >> 20) + " MB of memory")
          : null;
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
