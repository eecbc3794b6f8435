/// Where objects live: whole immutable byte arrays under slash-separated keys, as S3 has them.
/// All that correctness asks of a store is that `put` shows an object whole or not at all and
/// that of several `putIfAbsent` of one key exactly one succeeds. Entry type:
/// [io.redward.storage.objectstore.ObjectStore]. Knows nothing of blocks, commits or tables.
@NullMarked
package io.redward.storage.objectstore;

import org.jspecify.annotations.NullMarked;
