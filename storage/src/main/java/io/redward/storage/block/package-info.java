/// A block: up to 65,536 values of one column, encoded, with what a reader must know before it
/// reads them. [io.redward.storage.block.BlockWriter] makes the bytes of one,
/// [io.redward.storage.block.BlockReader] checks and opens them. Knows nothing of tables, files and
/// transactions.
@NullMarked
package io.redward.storage.block;

import org.jspecify.annotations.NullMarked;
