package io.redward.leader.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.batch.BatchCopy;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Small results of queries, given again as long as the tables read have not changed. Whoever may
/// run the query may have its result: privileges are checked before. Thread-safe, bounded in bytes.
final class ResultCache {
  private static final long MAX_RESULT_BYTES = 1 << 20;
  private static final long MAX_BYTES = 64 << 20;
  private static final int ENTRY_BYTES = 1_000;

  /// What a result is found by.
  ///
  /// @param plan statement and session
  /// @param number of the plan: another one where the statement means something else
  /// @param parameters the client's values
  /// @param versions of the contents of the tables read, by oid
  record Key(
      PlanCache.Key plan, long number, List<Constant> parameters, Map<Integer, Long> versions) {
    Key {
      parameters = List.copyOf(parameters);
      versions = Map.copyOf(versions);
    }
  }

  /// A query's rows.
  ///
  /// @param queryId the query that computed them
  record Result(int queryId, List<Batch> batches, long rows, long bytes) {}

  private final Cache<Key, Result> results =
      Caffeine.newBuilder()
          .maximumWeight(Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / 64))
          .weigher((Key _, Result result) -> (int) result.bytes() + ENTRY_BYTES)
          .build();

  Optional<Result> find(Key key) {
    return Optional.ofNullable(results.getIfPresent(key));
  }

  void put(Key key, Result result) {
    results.put(key, result);
  }

  /// Passes rows on and keeps a copy of them while they are few.
  static final class Recorder implements BatchConsumer {
    private final BatchConsumer rows;
    private final List<Batch> batches = new ArrayList<>();
    private long bytes;

    Recorder(BatchConsumer rows) {
      this.rows = rows;
    }

    @Override
    public void accept(Batch batch) {
      if (bytes <= MAX_RESULT_BYTES) {
        bytes += bytes(batch);
        if (bytes <= MAX_RESULT_BYTES) {
          batches.add(BatchCopy.of(batch));
        } else {
          batches.clear();
        }
      }
      rows.accept(batch);
    }

    /// What was recorded; empty if it grew too large.
    Optional<Result> result(int queryId, long rowCount) {
      return bytes <= MAX_RESULT_BYTES
          ? Optional.of(new Result(queryId, List.copyOf(batches), rowCount, bytes))
          : Optional.empty();
    }

    private static long bytes(Batch batch) {
      long bytes = 8L * batch.selectedCount;
      for (Vector vector : batch.vectors) {
        bytes += 16L * batch.selectedCount;
        if (vector instanceof BytesVector strings) {
          for (int i = 0; i < batch.selectedCount; i++) {
            bytes += strings.length(batch.row(i));
          }
        }
      }
      return bytes;
    }
  }
}
