package io.redward.leader.catalog;

import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// What tells one warehouse from others: a random UUID given when it is first opened, which
/// `current_namespace` shows.
public final class WarehouseIdentity {
  private static final String KEY = "warehouse/identity";

  private WarehouseIdentity() {}

  /// Gives the warehouse its identity if it has none.
  public static void ensure(WriteTransaction transaction) {
    if (transaction.view().entry(KEY).isEmpty()) {
      transaction.putEntry(KEY, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
    }
  }

  public static String of(Snapshot snapshot) {
    return snapshot.entry(KEY).map(b -> new String(b, StandardCharsets.US_ASCII)).orElse("");
  }
}
