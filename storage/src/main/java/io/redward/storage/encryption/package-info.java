/// Encryption at rest: [io.redward.storage.encryption.EncryptedObjectStore] encrypts whatever is
/// put into the store it wraps, so that commits, checkpoints, rowsets and delete vectors are
/// unreadable to whoever has the store but not the key.
///
/// Three levels of keys. The **root key** is outside of the warehouse, in a file or with a
/// [io.redward.storage.encryption.KeyService] of another kind. It wraps the **namespace keys**,
/// which lie wrapped in the object `keys/ring`. A namespace key wraps the **data keys**, one an
/// object, each in its object's head. Changing the root key rewrites the ring and nothing else.
@NullMarked
package io.redward.storage.encryption;

import org.jspecify.annotations.NullMarked;
