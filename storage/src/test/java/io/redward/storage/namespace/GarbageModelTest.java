package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.LogClock;
import io.redward.storage.commit.SavedStates;
import io.redward.storage.fsck.NamespaceCheck;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import io.redward.storage.table.History;
import io.redward.storage.table.SavedSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random operations against a model: nothing that can be seen is ever deleted, and in the end
/// nothing stays that cannot. `-Dredward.garbage.operations=N` runs longer.
@SuppressWarnings("NullAway") // the model holds what it is asked for
final class GarbageModelTest {
  private static final int OPERATIONS = Integer.getInteger("redward.garbage.operations", 1_000);
  private static final Duration RETENTION = Duration.ofMinutes(30);
  private static final int TABLES = 6;

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
  private Random random = new Random(0);
  private @Nullable LocalNamespace opened;
  private int nextTag;
  private int nextSnapshot;

  /// What the tables hold: tags by table.
  private TreeMap<Long, List<Integer>> model = new TreeMap<>();

  private final TreeMap<Long, TreeMap<Long, List<Integer>>> versions = new TreeMap<>();
  private final Map<Long, Long> committedMillis = new HashMap<>();
  private final Map<String, TreeMap<Long, List<Integer>>> saved = new HashMap<>();
  private final List<OpenQuery> queries = new ArrayList<>();

  private record OpenQuery(Snapshot snapshot, TreeMap<Long, List<Integer>> expected) {}

  @Test
  void withHistory() {
    run(1, RETENTION);
  }

  @Test
  void withoutHistory() {
    run(2, Duration.ZERO);
  }

  private void run(int seed, Duration retention) {
    random = new Random(seed);
    open(retention);
    for (int i = 0; i < OPERATIONS; i++) {
      millis.addAndGet(random.nextInt(40_000));
      step(retention);
      if (i % 25 == 0) {
        check(retention);
      }
    }
    check(retention);
    assertThat(NamespaceCheck.run(store).damage()).isEmpty();
    end(retention);
  }

  private void step(Duration retention) {
    long table = 1L + random.nextInt(TABLES);
    try {
      step(random.nextInt(17), table, retention);
    } catch (SqlException e) {
      // The background thread may have rewritten the rows first: nothing has happened.
      assertThat(e.state()).as(e.message()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
      committed();
    }
  }

  private void step(int operation, long table, Duration retention) {
    switch (operation) {
      case 0, 1, 2, 3 -> insert(table);
      case 4, 5 -> delete(table);
      case 6 -> truncate(table);
      case 7 -> share(table, namespace().snapshot(), model);
      case 8 -> shareOld(table, retention);
      case 9 -> save(table);
      case 10 -> dropSaved();
      case 11 -> restore();
      case 12, 13 -> namespace().maintain();
      case 14 -> query();
      case 15 -> move(table);
      default -> {
        if (random.nextInt(4) == 0) {
          queries.clear();
          namespace().close();
          open(retention);
        } else if (!queries.isEmpty()) {
          queries.remove(random.nextInt(queries.size()));
          if (random.nextInt(8) == 0) {
            System.gc();
          }
        }
      }
    }
  }

  private void open(Duration retention) {
    CommitPolicy policy =
        CommitPolicy.exclusive()
            .withRetention(retention)
            .withClock(new LogClock(() -> millis.get() * 1_000_000, millis::get));
    opened = LocalNamespace.open(store, new StorageOptions(0, 1, 20, 4).withCommits(policy));
    committed();
  }

  private void committed() {
    long version = namespace().snapshot().version();
    versions.put(version, copy(model));
    committedMillis.put(version, millis.get());
  }

  private static TreeMap<Long, List<Integer>> copy(Map<Long, List<Integer>> state) {
    TreeMap<Long, List<Integer>> copy = new TreeMap<>();
    state.forEach((table, tags) -> copy.put(table, List.copyOf(tags)));
    return copy;
  }

  private List<Integer> tags(long table) {
    return new ArrayList<>(model.getOrDefault(table, List.of()));
  }

  private void insert(long table) {
    TagTable.insert(namespace(), table, nextTag);
    List<Integer> tags = tags(table);
    tags.add(nextTag++);
    model.put(table, tags);
    committed();
  }

  private void delete(long table) {
    List<Integer> tags = tags(table);
    if (tags.isEmpty()) {
      return;
    }
    int tag = tags.remove(random.nextInt(tags.size()));
    WriteTransaction transaction = namespace().begin();
    TagTable.delete(transaction, table, tag);
    transaction.commit();
    model.put(table, tags);
    committed();
  }

  private void truncate(long table) {
    WriteTransaction transaction = namespace().begin();
    transaction.truncate(table);
    transaction.commit();
    model.remove(table);
    committed();
  }

  /// A clone, or a table restored in place of what it has.
  private void share(long table, Snapshot source, Map<Long, List<Integer>> state) {
    long from = 1L + random.nextInt(TABLES);
    WriteTransaction transaction = namespace().begin();
    transaction.truncate(table);
    transaction.share(table, source, from);
    if (random.nextInt(5) == 0) {
      transaction.rollback();
      return;
    }
    transaction.commit();
    model.put(table, List.copyOf(state.getOrDefault(from, List.of())));
    committed();
  }

  /// All rows of another table, which may come back, or may have been there before as a clone's.
  private void move(long table) {
    long from = 1L + random.nextInt(TABLES);
    if (from == table) {
      return;
    }
    WriteTransaction transaction = namespace().begin();
    if (!transaction.move(table, from) || random.nextInt(5) == 0) {
      transaction.rollback();
      return;
    }
    transaction.commit();
    List<Integer> tags = tags(table);
    tags.addAll(tags(from));
    model.put(table, tags);
    model.remove(from);
    committed();
  }

  private void shareOld(long table, Duration retention) {
    if (!retention.isZero()) {
      long version = visible(retention);
      share(table, namespace().history().at(version), at(versions, version));
    }
  }

  /// Any version that can be seen.
  private long visible(Duration retention) {
    List<Long> seen = new ArrayList<>();
    for (long version : versions.keySet()) {
      Long next = versions.higherKey(version);
      if (next == null
          || at(committedMillis, next) > millis.get() - retention.toMillis()
              && version >= namespace().history().oldestVersion()) {
        seen.add(version);
      }
    }
    return seen.get(random.nextInt(seen.size()));
  }

  private void save(long table) {
    if (saved.size() > 5) {
      dropSaved();
    }
    boolean whole = random.nextBoolean();
    String name = "s" + nextSnapshot++;
    namespace()
        .history()
        .save(
            new History.SaveRequest(
                name,
                "me",
                whole ? OptionalLong.empty() : OptionalLong.of(table),
                "all",
                Optional.empty()));
    TreeMap<Long, List<Integer>> state = copy(model);
    if (!whole) {
      state.keySet().retainAll(List.of(table));
    }
    saved.put(name, state);
    committed();
  }

  private void dropSaved() {
    if (!saved.isEmpty()) {
      String name = saved.keySet().iterator().next();
      namespace().history().drop(name);
      saved.remove(name);
      committed();
    }
  }

  private void restore() {
    List<SavedSnapshot> all =
        namespace().history().saved().stream().filter(s -> s.tableId().isEmpty()).toList();
    if (all.isEmpty()) {
      return;
    }
    SavedSnapshot chosen = all.get(random.nextInt(all.size()));
    WriteTransaction transaction = namespace().begin();
    transaction.restore(namespace().history().open(chosen), key -> key.startsWith("snapshot/"));
    transaction.commit();
    model = copy(at(saved, chosen.name()));
    committed();
  }

  private void query() {
    if (queries.size() < 6) {
      queries.add(new OpenQuery(namespace().snapshot(), copy(model)));
    }
  }

  private void check(Duration retention) {
    assertReads(namespace().snapshot(), model);
    if (!queries.isEmpty()) {
      OpenQuery query = queries.get(random.nextInt(queries.size()));
      assertReads(query.snapshot(), query.expected());
    }
    assertThat(namespace().history().saved()).hasSameSizeAs(saved.keySet());
    for (SavedSnapshot snapshot : namespace().history().saved()) {
      assertReads(namespace().history().open(snapshot), at(saved, snapshot.name()));
    }
    if (!retention.isZero()) {
      long version = visible(retention);
      assertReads(namespace().history().at(version), at(versions, version));
    }
  }

  private static void assertReads(Snapshot snapshot, Map<Long, List<Integer>> expected) {
    for (long table = 1; table <= TABLES; table++) {
      assertThat(TagTable.read(snapshot, table))
          .as("table %d at version %d", table, snapshot.version())
          .isEqualTo(expected.getOrDefault(table, List.of()).stream().sorted().toList());
    }
  }

  /// Lets go of everything but the newest state: only its objects may stay.
  private void end(Duration retention) {
    queries.clear();
    while (!saved.isEmpty()) {
      dropSaved();
    }
    truncate(1);
    millis.addAndGet(retention.toMillis() * 2 + Duration.ofHours(1).toMillis());
    List<String> left = List.of();
    for (int attempt = 0; attempt < 50; attempt++) {
      System.gc();
      namespace().maintain();
      millis.addAndGet(retention.toMillis() + Duration.ofHours(1).toMillis());
      left = store.list("data/").stream().map(ObjectSummary::key).toList();
      if (left.size() <= live().size() && store.list("snapshots/").isEmpty()) {
        break;
      }
    }
    assertThat(left).containsExactlyInAnyOrderElementsOf(live());
    assertThat(store.list("snapshots/")).isEmpty();
    assertReads(namespace().snapshot(), model);
    assertThat(NamespaceCheck.run(store).findings()).isEmpty();
    namespace().close();
  }

  private List<String> live() {
    return SavedStates.objects(namespace().committer().current()).stream().toList();
  }

  private LocalNamespace namespace() {
    return Objects.requireNonNull(opened);
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key));
  }
}
