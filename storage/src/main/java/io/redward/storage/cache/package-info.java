/// Blocks near at hand, in two tiers. [io.redward.storage.cache.BlockCache] keeps blocks in memory,
/// ready to be decoded; it knows them by key, not where they come from.
/// [io.redward.storage.cache.DiskTier] keeps ranges of remote objects in local files, and
/// [io.redward.storage.cache.CachedObjectStore] reads a store through it. Both give up what
/// `TwoLevelClock` says.
@NullMarked
package io.redward.storage.cache;

import org.jspecify.annotations.NullMarked;
