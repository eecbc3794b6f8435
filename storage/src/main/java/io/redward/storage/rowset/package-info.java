/// A rowset: an immutable file of rows written in one go, column by column, each column cut into
/// blocks at the same rows, and a footer that says where the blocks are and what they hold.
/// [io.redward.storage.rowset.RowsetWriter] builds one, [io.redward.storage.rowset.RowsetFile]
/// reads one, be it an object of its own or the few bytes of a small one that rode in a commit.
/// Knows nothing of transactions and deletes.
@NullMarked
package io.redward.storage.rowset;

import org.jspecify.annotations.NullMarked;
