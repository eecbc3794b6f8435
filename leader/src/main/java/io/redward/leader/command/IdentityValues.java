package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableDefinition;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Hands out identity values. Values are unique and grow, but may have gaps: a range is reserved on
/// disk in a commit of its own before any of it is used, so that neither a rollback nor a crash
/// gives a value twice.
public final class IdentityValues {
  private static final String PREFIX = "identity/";
  private static final long RESERVED_AT_ONCE = 100_000;
  private static final int ATTEMPTS = 100;

  /// Ordinals handed out and reserved, counting from 0.
  private static final class Counter {
    long next;
    long reserved;
  }

  private final Namespace namespace;
  private final Map<Integer, Counter> counters = new HashMap<>();

  public IdentityValues(Namespace namespace) {
    this.namespace = namespace;
  }

  /// Lets a copy of a table go on where its original was.
  static void copy(WriteTransaction transaction, Snapshot source, int from, int to) {
    source.entry(PREFIX + from).ifPresent(next -> transaction.putEntry(PREFIX + to, next));
  }

  /// The first of `count` consecutive values of the table's identity column, and their step.
  public synchronized long[] reserve(TableDefinition table, long count) {
    ColumnDefinition.Identity identity =
        table.columns().stream().flatMap(c -> c.identity().stream()).findFirst().orElseThrow();
    Counter counter = counters.computeIfAbsent(table.oid(), oid -> new Counter());
    if (counter.next + count > counter.reserved) {
      reserveMore(table.oid(), counter, count);
    }
    long first = counter.next;
    counter.next += count;
    return new long[] {identity.seed() + first * identity.step(), identity.step()};
  }

  /// Reserves behind all that this process or another has reserved.
  private void reserveMore(int table, Counter counter, long count) {
    for (int attempt = 1; ; attempt++) {
      WriteTransaction transaction = namespace.begin();
      long stored =
          transaction
              .view()
              .entry(PREFIX + table)
              .map(bytes -> Long.parseLong(new String(bytes, StandardCharsets.US_ASCII)))
              .orElse(0L);
      long first = stored == counter.reserved ? counter.next : stored;
      long reserved = first + count + RESERVED_AT_ONCE;
      transaction.putEntry(
          PREFIX + table, Long.toString(reserved).getBytes(StandardCharsets.US_ASCII));
      try {
        transaction.commit();
      } catch (SqlException e) {
        if (e.state() != SqlState.SERIALIZATION_FAILURE || attempt == ATTEMPTS) {
          throw e;
        }
        continue;
      }
      counter.next = first;
      counter.reserved = reserved;
      return;
    }
  }
}
