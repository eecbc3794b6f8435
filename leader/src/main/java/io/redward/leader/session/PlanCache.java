package io.redward.leader.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.BindContext.SessionScope;
import io.redward.leader.catalog.Catalog;
import io.redward.storage.table.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// Plans by statement and what of the session its text's meaning depends on. A plan is found again
/// as long as the catalog answers all that was looked up in it for the plan as it did then, so that
/// a change of one object voids the plans that it concerns and no other; one that no longer fits
/// the catalog or the stored data is dropped when it is found. A plan that is found here a first
/// time goes into the [PlanDirectory] too, where the next process finds it. Thread-safe, bounded.
final class PlanCache {
  private static final int MAX_PLANS = 2_000;

  /// What a plan is found by.
  ///
  /// @param statement its words and literals
  record Key(String statement, SessionScope session, List<SqlType> parameterTypes) {}

  /// @param kept whether it has been given to the directory, or comes from there
  private record Entry(StatementPlan plan, AtomicBoolean kept) {}

  private final Cache<Key, Entry> plans = Caffeine.newBuilder().maximumSize(MAX_PLANS).build();
  private final LongSupplier numbers;
  private volatile Optional<PlanDirectory> directory = Optional.empty();

  /// @param numbers of plans
  PlanCache(LongSupplier numbers) {
    this.numbers = numbers;
  }

  void keepPlans(PlanDirectory kept) {
    directory = Optional.of(kept);
  }

  Optional<StatementPlan> find(Key key, Catalog catalog, Snapshot snapshot) {
    Entry entry = plans.getIfPresent(key);
    if (entry == null) {
      return directory.flatMap(kept -> find(kept, key, catalog, snapshot));
    }
    StatementPlan plan = entry.plan();
    if (!plan.reads().holdIn(catalog) || !plan.fits(snapshot)) {
      plans.invalidate(key);
      return Optional.empty();
    }
    if (directory.isPresent() && !entry.kept().get() && !entry.kept().getAndSet(true)) {
      directory.get().keep(key, plan, catalog);
    }
    return Optional.of(plan);
  }

  private Optional<StatementPlan> find(
      PlanDirectory kept, Key key, Catalog catalog, Snapshot snapshot) {
    Optional<StatementPlan> found = kept.find(key, catalog, numbers);
    if (found.isPresent() && !found.get().fits(snapshot)) {
      kept.drop(key);
      return Optional.empty();
    }
    found.ifPresent(plan -> plans.put(key, new Entry(plan, new AtomicBoolean(true))));
    return found;
  }

  void put(Key key, StatementPlan plan) {
    plans.put(key, new Entry(plan, new AtomicBoolean()));
  }

  void clear() {
    plans.invalidateAll();
  }
}
