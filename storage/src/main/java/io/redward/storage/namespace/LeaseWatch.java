package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.commit.Changes;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.Committer;
import io.redward.storage.commit.LeaseFormat;
import io.redward.storage.commit.LogClock;
import io.redward.storage.commit.Origin;
import io.redward.storage.commit.Superblock;
import io.redward.storage.objectstore.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Watches the leases of other processes: which versions they use, and whether they are still
/// there. One thread at a time.
final class LeaseWatch {
  private final ObjectStore store;
  private final CommitPolicy policy;
  private final Lease own;
  private final Map<String, Seen> seen = new HashMap<>();

  LeaseWatch(ObjectStore store, CommitPolicy policy, Lease own) {
    this.store = store;
    this.policy = policy;
    this.own = own;
  }

  /// @param since when this renewal was first seen
  private record Seen(long renewal, LogClock.Reading since) {}

  /// The oldest version that another process may use. Removes the leases of those that are gone.
  ///
  /// @throws SqlException if that cannot be found out now
  long oldestVersion(Committer committer) {
    if (!policy.shared()) {
      return Long.MAX_VALUE;
    }
    Superblock newest = committer.current();
    List<String> ids =
        newest.values(LeaseFormat.ENTRY).keySet().stream()
            .map(key -> key.substring(LeaseFormat.ENTRY.length()))
            .filter(id -> !id.equals(own.id()))
            .toList();
    seen.keySet().retainAll(ids);
    long oldest = Long.MAX_VALUE;
    List<String> gone = new ArrayList<>();
    for (String id : ids) {
      LeaseFormat.Lease lease = read(id);
      Seen before = seen.get(id);
      if (before == null || before.renewal() != lease.renewal()) {
        seen.put(id, new Seen(lease.renewal(), policy.clock().now()));
      } else if (policy.clock().atLeastSince(before.since()) > 2 * policy.leaseTerm().toMillis()) {
        gone.add(id);
        continue;
      }
      oldest = Math.min(oldest, lease.oldestVersion());
    }
    remove(gone, committer);
    return oldest;
  }

  /// What cannot be read holds everything, and is not renewed either.
  private LeaseFormat.Lease read(String id) {
    Optional<byte[]> bytes = store.find(LeaseFormat.object(id));
    try {
      return bytes.isEmpty() ? new LeaseFormat.Lease(0, 0) : LeaseFormat.read(bytes.get());
    } catch (MalformedBytesException e) {
      return new LeaseFormat.Lease(0, 0);
    }
  }

  private void remove(List<String> ids, Committer committer) {
    for (String id : ids) {
      Changes changes = new Changes();
      changes.remove(LeaseFormat.entry(id));
      committer.commit(changes, committer.current(), Origin.WAREHOUSE);
      store.delete(LeaseFormat.object(id));
    }
  }
}
