/// Blocks in memory, ready to be decoded. Entry type: [io.redward.storage.cache.BlockCache]. Knows
/// blocks by key only, not where they come from.
@NullMarked
package io.redward.storage.cache;

import org.jspecify.annotations.NullMarked;
