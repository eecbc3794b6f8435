/// What is found wrong with stored objects: a vocabulary that the rooms of storage share. Those who
/// know a kind of object check it ([io.redward.storage.commit.LogCheck] the log,
/// [io.redward.storage.rowset.RowsetCheck] a rowset); [io.redward.storage.fsck] puts them together.
@NullMarked
package io.redward.storage.check;

import org.jspecify.annotations.NullMarked;
