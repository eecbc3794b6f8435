package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.Changes;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.Committer;
import io.redward.storage.commit.LeaseFormat;
import io.redward.storage.commit.LogClock;
import io.redward.storage.commit.Origin;
import io.redward.storage.commit.Superblock;
import io.redward.storage.objectstore.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What keeps others from deleting the objects that this process uses. Thread-safe.
///
/// ```
///            acquire                 term over without a renewal, or entry removed by others
///   NONE ──────────────▶ HELD ──────────────────────────────────▶ LOST
///            ▲         │ ▲  renew                                   │
///            │         └─┘                                          │
///            └──────────────────────── tend ────────────────────────┘ (with a new id)
/// ```
///
/// 1. A lease is an entry `lease/<id>` in the log and an object that its process overwrites again
///    and again, saying which versions it still uses ([LeaseFormat]).
/// 2. The process counts the term from before it began to write a renewal, by the faster of two
///    clocks. Once it is over, what was read or begun under the lease is refused ([Tenure]).
/// 3. Others remove the entry when they have seen no renewal for twice the term, by the slower of
///    their two clocks ([LeaseWatch]). No times of two machines are compared; their clocks may show
///    anything, as long as none runs at more than twice another's speed.
/// 4. A process whose entry has been removed commits nothing: it sees that before it can write at
///    the log's end.
final class Lease {
  private static final Logger LOGGER = LoggerFactory.getLogger(Lease.class);

  private final ObjectStore store;
  private final CommitPolicy policy;
  private volatile Held held;

  Lease(ObjectStore store, CommitPolicy policy) {
    this.store = store;
    this.policy = policy;
    held = fresh();
  }

  /// Where the process stands with one lease.
  private static final class Held implements Tenure {
    private final String id = UUID.randomUUID().toString();
    private final CommitPolicy policy;
    private volatile LogClock.Reading renewed;
    private volatile boolean registered;
    private volatile boolean lost;
    private long renewals;

    Held(CommitPolicy policy) {
      this.policy = policy;
      renewed = policy.clock().now();
    }

    boolean isValid() {
      return !lost
          && registered
          && policy.clock().atMostSince(renewed) <= policy.leaseTerm().toMillis();
    }

    @Override
    public void check() {
      if (!isValid()) {
        lost = lost || registered;
        throw Lease.lost(policy);
      }
    }
  }

  /// The present lease; asked for before what is to be used under it.
  Tenure tenure() {
    return policy.shared() ? held : Tenure.UNLIMITED;
  }

  String id() {
    return held.id;
  }

  /// Lets a new state pass.
  ///
  /// @throws SqlException if others have removed the lease
  void requireEntry(Superblock newest) {
    Held present = held;
    if (policy.shared()
        && present.registered
        && newest.value(LeaseFormat.entry(present.id)).isEmpty()) {
      present.lost = true;
      throw lost(policy);
    }
  }

  /// Takes a lease.
  ///
  /// @param oldestVersion of the states that may be in use
  synchronized void acquire(Committer committer, long oldestVersion) {
    if (!policy.shared()) {
      return;
    }
    Held before = held;
    Held next = fresh();
    write(next, oldestVersion);
    held = next;
    Changes changes = new Changes();
    byte[] owner = ("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    changes.put(LeaseFormat.entry(next.id), owner);
    boolean replaces = committer.current().value(LeaseFormat.entry(before.id)).isPresent();
    if (replaces) {
      changes.remove(LeaseFormat.entry(before.id));
    }
    committer.commit(changes, committer.current(), Origin.WAREHOUSE);
    next.registered = true;
    if (replaces) {
      store.delete(LeaseFormat.object(before.id));
    }
  }

  /// Renews the lease, or takes another one if it has been lost. What fails is tried again the next
  /// time.
  synchronized void tend(Committer committer, long oldestVersion) {
    if (!policy.shared()) {
      return;
    }
    try {
      Held present = held;
      if (present.isValid()) {
        write(present, oldestVersion);
      } else {
        LOGGER.warn("the lease {} on the namespace was lost; taking another one", present.id);
        present.lost = true;
        committer.refresh();
        acquire(committer, oldestVersion);
      }
    } catch (SqlException e) {
      LOGGER.warn("the lease on the namespace was not renewed: {}", e.message());
    }
  }

  /// Gives the lease back.
  synchronized void release(Committer committer) {
    Held present = held;
    if (!policy.shared() || !present.isValid()) {
      return;
    }
    try {
      Changes changes = new Changes();
      changes.remove(LeaseFormat.entry(present.id));
      committer.commit(changes, committer.current(), Origin.WAREHOUSE);
      present.lost = true;
      store.delete(LeaseFormat.object(present.id));
    } catch (SqlException e) {
      LOGGER.warn("others will find out that this process has ended: {}", e.message());
    }
  }

  private Held fresh() {
    return new Held(policy);
  }

  private void write(Held lease, long oldestVersion) {
    LogClock.Reading asked = policy.clock().now();
    LeaseFormat.Lease content = new LeaseFormat.Lease(lease.renewals + 1, oldestVersion);
    store.put(LeaseFormat.object(lease.id), List.of(LeaseFormat.write(content)));
    lease.renewals++;
    lease.renewed = asked;
  }

  private static SqlException lost(CommitPolicy policy) {
    return new SqlException(
            SqlState.CANNOT_CONNECT_NOW,
            "this process has lost its lease on the namespace, and others may have deleted what it"
                + " was reading")
        .withDetail(
            "The lease was not renewed for "
                + policy.leaseTerm().toSeconds()
                + " seconds: the store could not be reached, or the process stood still.")
        .withHint("Run the transaction again; the process takes a new lease by itself.");
  }
}
