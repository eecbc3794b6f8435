/// Managed storage as one open namespace: [io.redward.storage.namespace.LocalNamespace]
/// implements [io.redward.storage.table.Namespace] over an object store, a commit log and a block
/// cache. Here rows are gathered, sorted and sealed into rowsets, transactions collect their
/// changes, small rowsets are folded into larger ones, and objects that nobody can see any more
/// are deleted.
@NullMarked
package io.redward.storage.namespace;

import org.jspecify.annotations.NullMarked;
