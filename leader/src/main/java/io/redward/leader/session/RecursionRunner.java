package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.batch.BatchCopy;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.leader.binder.WorkTable;
import io.redward.leader.session.StatementPlan.RecursionPlan;
import io.redward.plan.step.PhysicalPlan;
import io.redward.spi.SystemTable;
import io.redward.spi.SystemTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Runs the recursive queries of a statement before the statement itself: the first term once, the
/// other over the rows found last until it finds none. What is found is kept in memory.
final class RecursionRunner {
  private static final long MAX_ROWS = 20_000_000;

  private final List<RecursionPlan> recursions;
  private final Executor executor;

  /// Runs a plan.
  @FunctionalInterface
  interface Executor {
    void run(PhysicalPlan plan, BatchConsumer rows);
  }

  RecursionRunner(List<RecursionPlan> recursions, Executor executor) {
    this.recursions = recursions;
    this.executor = executor;
  }

  /// The system tables with those of the statement's own: of its recursive queries and RETURNING.
  static SystemTables tables(StatementPlan plan, SystemTables others) {
    if (plan.recursions().isEmpty() && plan.returning().isEmpty()) {
      return others;
    }
    Map<String, SystemTable> own = new HashMap<>();
    plan.returning().ifPresent(r -> own.put(r.rows().name(), r.rows()));
    for (RecursionPlan each : plan.recursions()) {
      own.put(each.recursion().rows().name(), each.recursion().rows());
      own.put(each.recursion().fresh().name(), each.recursion().fresh());
    }
    return new SystemTables() {
      @Override
      public Optional<SystemTable> find(String schema, String name) {
        return schema.equals(WorkTable.SCHEMA)
            ? Optional.ofNullable(own.get(name))
            : others.find(schema, name);
      }

      @Override
      public List<SystemTable> all() {
        return others.all();
      }
    };
  }

  void run() {
    for (RecursionPlan each : recursions) {
      run(each);
    }
  }

  private void run(RecursionPlan plan) {
    WorkTable fresh = plan.recursion().fresh();
    List<Batch> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean distinct = plan.recursion().distinct();
    List<Batch> found = collect(plan.anchor().plan(), plan, seen, distinct);
    long rows = 0;
    while (!found.isEmpty()) {
      all.addAll(found);
      for (Batch batch : found) {
        rows += batch.selectedCount;
      }
      if (rows > MAX_ROWS) {
        throw new SqlException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "a recursive query has found more than " + MAX_ROWS + " rows")
            .withHint("Does it end? A condition on the depth helps where the data has a cycle.");
      }
      fresh.fill(found);
      found = collect(plan.step().plan(), plan, seen, distinct);
    }
    fresh.fill(List.of());
    plan.recursion().rows().fill(all);
  }

  private List<Batch> collect(
      PhysicalPlan plan, RecursionPlan recursion, Set<String> seen, boolean distinct) {
    List<Batch> batches = new ArrayList<>();
    List<SystemTable.Column> columns = recursion.recursion().rows().columns();
    executor.run(
        plan,
        batch -> {
          if (distinct) {
            keepNew(batch, seen);
          }
          if (batch.selectedCount > 0) {
            batches.add(widened(BatchCopy.of(batch), columns));
          }
        });
    return batches;
  }

  /// A plan may compute a wide decimal in narrow form; the table has the form of its type.
  private static Batch widened(Batch batch, List<SystemTable.Column> columns) {
    for (int i = 0; i < batch.vectors.length; i++) {
      if (columns.get(i).type().physical() == Physical.INT128
          && batch.vectors[i] instanceof LongVector narrow) {
        Int128Vector wide = new Int128Vector(narrow.capacity());
        for (int row = 0; row < batch.selectedCount; row++) {
          wide.low[row] = narrow.values[row];
          wide.high[row] = narrow.values[row] >> 63;
        }
        wide.hasNulls = narrow.hasNulls;
        wide.validity = narrow.validity;
        batch.vectors[i] = wide;
      }
    }
    return batch;
  }

  private static void keepNew(Batch batch, Set<String> seen) {
    int kept = 0;
    for (int i = 0; i < batch.selectedCount; i++) {
      int row = batch.row(i);
      if (seen.add(key(batch, row))) {
        batch.selection[kept++] = row;
      }
    }
    batch.dense = batch.dense && kept == batch.selectedCount;
    batch.selectedCount = kept;
  }

  /// A row as a text that is the same for equal rows only.
  private static String key(Batch batch, int row) {
    StringBuilder key = new StringBuilder();
    for (Vector vector : batch.vectors) {
      if (vector.isNull(row)) {
        key.append("N;");
        continue;
      }
      switch (vector) {
        case IntVector v -> key.append(v.values[row]);
        case LongVector v -> key.append(v.values[row]);
        case DoubleVector v -> key.append(v.values[row] + 0.0);
        case Int128Vector v -> key.append(v.high[row]).append(',').append(v.low[row]);
        case BytesVector v -> {
          String text = new String(v.copy(row), StandardCharsets.ISO_8859_1).replaceAll(" +$", "");
          key.append(text.length()).append(':').append(text);
        }
      }
      key.append(';');
    }
    return key.toString();
  }
}
