package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.spi.SystemTable;
import io.redward.spi.SystemTable.SystemRows;
import io.redward.storage.table.CacheTier;
import java.util.List;

/// What is kept near at hand: `svv_block_cache`.
final class CacheTables {
  private final SystemView view;

  CacheTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            "pg_catalog",
            "svv_block_cache",
            "tier varchar, limit_bytes int8, held_bytes int8, blocks int8, hits int8,"
                + " misses int8, hit_percent float8, admitted int8, evicted int8, refused int8,"
                + " damaged int8, prefetched int8, rehydrated int8",
            out -> view.cache().forEach(tier -> row(out, tier))));
  }

  private static void row(SystemRows out, CacheTier tier) {
    long asked = tier.hits() + tier.misses();
    out.row(
        tier.tier(),
        tier.limitBytes(),
        tier.heldBytes(),
        tier.blocks(),
        tier.hits(),
        tier.misses(),
        asked == 0 ? null : 100.0 * tier.hits() / asked,
        tier.admitted(),
        tier.evicted(),
        tier.refused(),
        tier.damaged(),
        tier.prefetched(),
        tier.rehydrated());
  }
}
