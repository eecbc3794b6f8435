/// The commit log and what it adds up to. A [io.redward.storage.commit.Superblock] is the whole
/// state of a namespace at one log position, an immutable value;
/// [io.redward.storage.commit.Changes] are what a transaction does to it. The
/// [io.redward.storage.commit.CommitLog] keeps one object a commit, put if absent, and a
/// checkpoint of the superblock now and then; the [io.redward.storage.commit.Committer] certifies
/// waiting transactions and commits them in groups.
///
/// A commit object **is** the commit: with it everything in it has happened, without it nothing.
@NullMarked
package io.redward.storage.commit;

import org.jspecify.annotations.NullMarked;
