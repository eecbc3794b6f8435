/// Little-endian byte images of what storage writes: a growing writer, a reader that never reads
/// past the end, and the checksum that every object carries. Knows nothing of what the bytes mean.
/// Entry types: [io.redward.storage.bytes.ByteWriter], [io.redward.storage.bytes.ByteReader].
@NullMarked
package io.redward.storage.bytes;

import org.jspecify.annotations.NullMarked;
