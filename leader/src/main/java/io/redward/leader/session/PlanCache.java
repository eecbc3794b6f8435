package io.redward.leader.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.BindContext.SessionScope;
import io.redward.leader.catalog.Catalog;
import io.redward.storage.table.Snapshot;
import java.util.List;
import java.util.Optional;

/// Plans by statement and what of the session its text's meaning depends on. A plan is found again
/// as long as the catalog answers all that was looked up in it for the plan as it did then, so that
/// a change of one object voids the plans that it concerns and no other; one that no longer fits
/// the catalog or the stored data is dropped when it is found. Thread-safe, bounded.
final class PlanCache {
  private static final int MAX_PLANS = 2_000;

  /// What a plan is found by.
  ///
  /// @param statement its words and literals
  record Key(String statement, SessionScope session, List<SqlType> parameterTypes) {}

  private final Cache<Key, StatementPlan> plans =
      Caffeine.newBuilder().maximumSize(MAX_PLANS).build();

  Optional<StatementPlan> find(Key key, Catalog catalog, Snapshot snapshot) {
    StatementPlan plan = plans.getIfPresent(key);
    if (plan == null) {
      return Optional.empty();
    }
    if (!plan.reads().holdIn(catalog) || !plan.fits(snapshot)) {
      plans.invalidate(key);
      return Optional.empty();
    }
    return Optional.of(plan);
  }

  void put(Key key, StatementPlan plan) {
    plans.put(key, plan);
  }

  void clear() {
    plans.invalidateAll();
  }
}
