/// The check of a whole namespace, behind `./redward fsck`. Entry type:
/// [io.redward.storage.fsck.NamespaceCheck].
@NullMarked
package io.redward.storage.fsck;

import org.jspecify.annotations.NullMarked;
